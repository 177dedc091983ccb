import type { TimelineEntry } from '../../src/sandbox/aws/engine/simulation'
import { type Built, leastTime } from './build-path'

const entry = (kind: TimelineEntry['kind'], id: string, from: number, to: number) => ({ kind, id, from, to })
const built: Built = {
  loadBalancer: 'alb',
  image: 'image',
  group: 'lab',
  instances: new Set(['one', 'two']),
  watched: 60,
}
const launch = [
  entry('reaction', 'lab', 400, 420),
  entry('boot', 'one', 420, 440),
  entry('boot', 'two', 420, 450),
  entry('health', 'one', 441, 470),
  entry('health', 'two', 451, 480),
]

test('the least time of a build is its longest way, however late things were asked for', () => {
  const others = [entry('load-balancer', 'theirs', 0, 900), entry('boot', 'theirs', 480, 900)]
  const balancer = entry('load-balancer', 'alb', 0, 150)
  expect(leastTime([balancer, ...launch, ...others], built)).toBe(150 + 60)
  const image = entry('image', 'image', 0, 200)
  expect(leastTime([balancer, image, ...launch, ...others], built)).toBe(200 + 80 + 60)
})
