import type { TimelineEntry } from '../../src/sandbox/aws/engine/simulation'
import { covered, type Deploy, waitedFor } from './critical-path'

const entry = (kind: TimelineEntry['kind'], id: string, from: number, to: number) => ({ kind, id, from, to })
const deploy: Deploy = {
  group: 'web',
  strategy: 'replace',
  instances: new Set(['old', 'new']),
  made: new Set(['image', 'refresh']),
  bake: 60,
  from: 0,
  to: 1_000,
}

describe('the critical path of a deploy', () => {
  it('counts each instant once', () => {
    const spans = [
      { from: 10, to: 20 },
      { from: 15, to: 30 },
      { from: 40, to: 41 },
      { from: 12, to: 13 },
    ]
    expect(covered(spans)).toBe(21)
    expect(covered([])).toBe(0)
  })

  it('is the image, the launches and the watching, where instances are replaced', () => {
    const timeline = [
      entry('image', 'image', 100, 300),
      entry('reaction', 'web', 310, 320),
      entry('boot', 'new', 320, 350),
      entry('health', 'new', 350, 380),
    ]
    expect(covered(waitedFor(timeline, deploy))).toBe(200 + 70 + 60)
  })

  it('is the image and the refresh, where AWS refreshes', () => {
    const timeline = [
      entry('image', 'image', 100, 300),
      entry('refresh', 'refresh', 310, 800),
      entry('boot', 'new', 320, 350),
      entry('health', 'new', 350, 900),
    ]
    expect(covered(waitedFor(timeline, { ...deploy, strategy: 'refresh' }))).toBe(200 + 490)
  })

  it('leaves out what nobody waits for: drains, others’ fleets and images, what was before and after', () => {
    const timeline = [
      entry('drain', 'old', 400, 700),
      entry('boot', 'other', 400, 500),
      entry('reaction', 'shop', 400, 500),
      entry('image', 'theirs', 400, 500),
      entry('image', 'image', -50, 50),
      entry('health', 'old', 400, 500),
    ]
    expect(covered(waitedFor(timeline, deploy))).toBe(50)
  })
})
