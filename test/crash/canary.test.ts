import { canaryScenarios } from './scenarios/canary'
import { crashSuite } from './suite'

crashSuite(canaryScenarios)
