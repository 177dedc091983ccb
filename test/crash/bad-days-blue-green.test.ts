import { badDaysSuite } from './bad-days'
import { scenarios } from './scenarios'

const {
  deploy: _deploys,
  events: _events,
  fleet: _fleet,
  images: _images,
  shapes: _shapes,
  ...others
} = scenarios

badDaysSuite(Object.values(others).flat())
