import type { Use } from '../../../src/domain/images/uses'
import { hour } from '../../../src/domain/time/time'
import { type ImagesFacts, imagesMessage } from '../../../src/messages/images/images'
import { faultsOf } from '../../support/block-kit'
import { onScreen } from '../../support/on-screen'
import { start } from '../../support/web-deploy'
import type { ImageEntry } from '../../../src/domain/images/inventory'

const day = 24 * hour
const image = (
  version: string,
  age: number,
  uses: readonly Use[] = [],
  more: Partial<ImageEntry> = {},
): ImageEntry => ({
  id: `ami-${version}`,
  name: `Web Server ${version}`,
  version,
  createdAt: start - age,
  state: 'available',
  deprecated: false,
  sizeGiB: 8,
  own: true,
  backup: false,
  prunable: false,
  uses,
  ...more,
})
const several: readonly ImageEntry[] = [
  image('v5', 40_000, [], { state: 'pending' }),
  image('v4', 3 * hour),
  image('v3', 2 * day, [
    { kind: 'running', count: 2 },
    { kind: 'default', template: 'Web' },
    { kind: 'group', group: 'Web-ASG', pinned: false },
    { kind: 'latest', template: 'Web' },
  ]),
  image('v2', 9 * day, [{ kind: 'rollback', operation: 'web-k7f3q' }]),
  image('x', 12 * day, [], { name: 'AWSBackup_i-0123456789abcdef0_2026', own: false, backup: true }),
  image('v1', 90 * day, [], { prunable: true, deprecated: true }),
].map((one) => {
  if (one.own) return one
  const { version: _, sizeGiB: __, ...rest } = one
  return rest
})
const facts = (
  images: readonly ImageEntry[],
  language: 'en' | 'ko',
  more: Partial<ImagesFacts['images']> = {},
): ImagesFacts => ({
  language,
  timezone: 'Asia/Seoul',
  now: start,
  images: {
    service: 'web',
    images,
    versions: { count: 6, prunable: 1 },
    keep: { count: 5, for: 30 * day },
    ...more,
  },
  allowed: { deploy: true, updateImage: true, prune: true },
})
const many = Array.from({ length: 200 }, (_, index) =>
  image(`v${200 - index}`, index * day, index === 150 ? [{ kind: 'running', count: 3 }] : []),
)

describe.each(['en', 'ko'] as const)('the images of a service, in %s,', (language) => {
  test.each<[string, ImagesFacts]>([
    ['where there are none', facts([], language, { versions: { count: 1, prunable: 0 } })],
    ['where there are several', facts(several, language, { newer: 'AWSBackup_i-0123456789abcdef0_2026' })],
    ['where there are two hundred', facts(many, language)],
  ])('%s read well, on the screen and as plain text', (_what, given) => {
    const message = imagesMessage(given)
    expect(faultsOf(message)).toEqual([])
    expect(onScreen(message)).toMatchSnapshot()
    expect(message.text).toMatchSnapshot()
  })
})

test('who may only look is offered nothing to click', () => {
  const may = { deploy: false, updateImage: false, prune: false }
  const { blocks } = imagesMessage({ ...facts(several, 'en', { newer: 'x' }), allowed: may })
  expect(blocks.filter(({ type }) => type === 'actions')).toEqual([])
})

test('with two hundred, all that is shown fits into one message', () => {
  const { blocks } = imagesMessage(facts(many, 'en'))
  const [table] = blocks.flatMap((block) => (block.type === 'table' ? [block] : []))
  expect(table?.rows).toHaveLength(21)
  // What serves is among them, however old it is.
  expect(JSON.stringify(table)).toContain('3 instances')
})
