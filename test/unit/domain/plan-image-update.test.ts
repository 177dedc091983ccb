import type { Image } from '../../../src/domain/fleet/fleet'
import { newestImage } from '../../../src/domain/images/plan-image-update'

const image = (id: string, createdAt: number, more: Partial<Image> = {}): Image => ({
  id,
  name: `AWSBackup_${id}`,
  state: 'available',
  createdAt,
  architecture: 'x86_64',
  snapshots: [],
  tags: { Name: 'web' },
  deprecated: false,
  ...more,
})

describe('the newest image', () => {
  const old = image('old', 1)
  const newer = image('newer', 2)
  test.each<[string, readonly Image[], string | undefined]>([
    ['is the newest by time, whatever the order and the names', [newer, old], 'newer'],
    ['is never pending', [old, image('p', 9, { state: 'pending' })], 'old'],
    ['is never failed', [old, image('f', 9, { state: 'failed' })], 'old'],
    ['is never deprecated', [old, image('d', 9, { deprecated: true })], 'old'],
    ['is never of another architecture', [old, image('a', 9, { architecture: 'arm64' })], 'old'],
    ['carries the tag', [old, image('t', 9, { tags: { Name: 'other' } })], 'old'],
    ['is none among none', [], undefined],
  ])('%s', (_name, images, id) => {
    expect(newestImage(images, { architecture: 'x86_64', tag: { Name: 'web' } })?.id).toBe(id)
  })
})
