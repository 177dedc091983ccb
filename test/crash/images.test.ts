import { imageScenarios } from './scenarios/images'
import { crashSuite } from './suite'

crashSuite(imageScenarios)
