import { scenarios } from './scenarios'
import { crashSuite } from './suite'

crashSuite(scenarios.fleet)
