import { scaleInScenarios } from './scenarios/scale-ins'
import { crashSuite } from './suite'

crashSuite(scaleInScenarios)
