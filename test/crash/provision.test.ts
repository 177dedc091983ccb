import { provisionScenarios } from './scenarios/provision'
import { crashSuite } from './suite'

crashSuite(provisionScenarios)
