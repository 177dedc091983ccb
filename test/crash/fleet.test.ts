import { fleetScenarios } from './scenarios/fleet'
import { crashSuite } from './suite'

crashSuite(fleetScenarios)
