import { badDaysSuite } from './bad-days'
import { scenarios } from './scenarios'

const { deploy, events, fleet, images, shapes } = scenarios

badDaysSuite([...deploy, ...fleet, ...shapes, ...images, ...events])
