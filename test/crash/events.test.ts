import { eventScenarios } from './scenarios/events'
import { crashSuite } from './suite'

crashSuite(eventScenarios)
