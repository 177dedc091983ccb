import { blueGreenScenarios } from './scenarios/blue-green'
import { crashSuite } from './suite'

crashSuite(blueGreenScenarios)
