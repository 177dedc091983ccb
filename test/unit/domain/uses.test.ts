import type { Group, Image, TemplateVersion } from '../../../src/domain/fleet/fleet'
import { isOwnImage, versionMaker } from '../../../src/domain/images/own'
import { type UseFacts, usesOfImage, usesOfVersion } from '../../../src/domain/images/uses'
import { planPrune, type PruneFacts } from '../../../src/domain/images/plan-prune'
import { hour } from '../../../src/domain/time/time'
import { webService } from '../../support/simulation'

const day = 24 * hour
const now = 1_000 * day
const version = (number: number, more: Partial<TemplateVersion> = {}): TemplateVersion => ({
  templateId: 'lt-1',
  templateName: 'Web',
  number,
  isDefault: number === 1,
  imageId: `ami-${number}`,
  description: `v${number} by rollcall web-aaaa${number} for U0ALICE`,
  createdAt: now - (100 - number) * day,
  data: '{}',
  ...more,
})
const group = (name: string, more: Partial<Group>): Group => ({
  name,
  min: 0,
  desired: 0,
  max: 1,
  cooldown: 0,
  instances: [],
  targetGroups: [],
  suspended: [],
  terminationPolicies: [],
  healthCheck: { types: [], graceSeconds: 0 },
  tags: {},
  zones: [],
  subnets: [],
  ...more,
})
const template = (pin: number | '$Default' | '$Latest') => ({ id: 'lt-1', name: 'Web', pin })
const quiet: UseFacts = {
  versions: [version(1), version(2), version(3)],
  groups: [group('Web-ASG', { template: template('$Default') })],
  others: [],
  configured: [],
  shared: new Map(),
  instances: [],
  refreshing: [],
  rollbacks: [],
  pending: [],
}
const image = (number: number, more: Partial<Image> = {}): Image => ({
  id: `ami-${number}`,
  name: `Web Server v${number}`,
  state: 'available',
  createdAt: now - (100 - number) * day,
  snapshots: [`snap-${number}`],
  tags: {
    'rollcall:operation': `web-aaa${String(number).padStart(2, '0')}`,
    'rollcall:service': 'web',
    'rollcall:version': `v${number}`,
  },
  deprecated: false,
  ...more,
})
const member = { id: 'i-1', zone: 'a', lifecycle: 'Standby', healthy: true, protected: false }
const instance = { id: 'i-1', state: 'stopped', imageId: 'ami-2', launchedAt: 0, type: 't2.micro', tags: {} }

/** Each use of version 2 or of its image, by the facts that make it. */
const each: [string, Partial<UseFacts>, 'version' | 'image' | 'both'][] = [
  ['the default', { versions: [version(2, { isDefault: true }), version(3)] }, 'both'],
  ['the newest version', { versions: [version(1), version(2)] }, 'both'],
  ['the number of any group', { groups: [group('other', { template: template(2) })] }, 'both'],
  ['an override of any group', { groups: [group('mixed', { alternatives: [template(2)] })] }, 'both'],
  [
    'an instance of a group, in Standby too',
    { groups: [group('g', { instances: [{ ...member, templateId: 'lt-1', templateVersion: 2 }] })] },
    'version',
  ],
  [
    'where an instance refresh goes',
    { refreshing: [{ group: 'g', templateId: 'lt-1', version: '2' }] },
    'both',
  ],
  ['where a refresh of no told template goes', { refreshing: [{ group: 'g', version: '2' }] }, 'both'],
  ['a rollback record', { rollbacks: [{ operation: 'web-x', templateId: 'lt-1', version: 2 }] }, 'both'],
  ['a rollback record’s image', { rollbacks: [{ operation: 'web-x', imageId: 'ami-2' }] }, 'image'],
  ['what an operation works with', { pending: [{ operation: 'web-x', version: 2 }] }, 'both'],
  [
    'a name that an operation looks for',
    { pending: [{ operation: 'web-x', imageName: 'Web Server v2' }] },
    'image',
  ],
  ['an instance outside of any group', { instances: [instance] }, 'image'],
  [
    'a version of another template',
    { others: [version(9, { templateId: 'lt-2', imageId: 'ami-2' })] },
    'image',
  ],
  ['a launch configuration', { configured: ['ami-2'] }, 'image'],
  ['another account', { shared: new Map([['ami-2', ['210987654321']]]) }, 'image'],
]

test.each(each)('%s is a use', (_what, facts, of) => {
  const all = { ...quiet, ...facts }
  const second = all.versions.find(({ number }) => number === 2) ?? version(2)
  expect(usesOfVersion(all, second).length > 0).toBe(of !== 'image')
  // Without the version itself: it would be one more use of the image.
  const without = { ...all, versions: all.versions.filter(({ number }) => number !== 2 || of === 'both') }
  expect(usesOfImage(without, image(2)).length > 0).toBe(of !== 'version')
})

test('a version that nobody needs still needs its image', () => {
  expect(usesOfVersion(quiet, version(2))).toEqual([])
  expect(usesOfImage(quiet, image(2))).toEqual([{ kind: 'version', template: 'Web', number: 2 }])
  expect(usesOfImage({ ...quiet, versions: [] }, image(2))).toEqual([])
})

test.each<[string, Partial<Image>, boolean]>([
  ['baked by an operation of the service', {}, true],
  ['of another service', { tags: { ...image(2).tags, 'rollcall:service': 'shop' } }, false],
  [
    'of an operation of another service',
    { tags: { ...image(2).tags, 'rollcall:operation': 'shop-aaaaa' } },
    false,
  ],
  ['without tags', { tags: {} }, false],
  ['with a name that is not its version’s', { name: 'AWSBackup_i-1_2026' }, false],
  [
    'that AWS Backup took of a tagged instance',
    { name: 'AWSBackup_v2', tags: { ...image(2).tags, 'aws:backup:source-resource': 'i-1' } },
    false,
  ],
])('an image %s is Rollcall’s own: %s', (_what, more, own) => {
  expect(isOwnImage(image(2, more), 'web')).toBe(own)
})

test('a template version is known by the words that Rollcall describes it with', () => {
  expect(versionMaker(version(2), 'web')).toBe('web-aaaa2')
  expect(versionMaker(version(2), 'shop')).toBeUndefined()
  expect(versionMaker(version(2, { description: 'made in the console' }), 'web')).toBeUndefined()
})

describe('of what nobody needs', () => {
  const service = webService({ keep: { count: 1, for: 30 * day } })
  const facts: PruneFacts = {
    ...quiet,
    now,
    images: [image(2), image(3)],
    snapshots: [],
    referencedSnapshots: new Set(),
  }
  const pruned = (more: Partial<PruneFacts>, keep = service.keep) => {
    const planned = planPrune(
      { service: { ...service, ...(keep && { keep }) }, history: [] },
      { ...facts, ...more },
    )
    if (!planned.ok) return planned.reason.code
    const { versions = [], images = [], snapshots = [] } = planned.value.prune ?? {}
    return [
      ...versions.map(({ number }) => number),
      ...images.map(({ id }) => id),
      ...snapshots.map(({ id }) => id),
    ]
  }

  test('the newest stays by the count, the young by their age, and what failed counts for neither', () => {
    expect(pruned({})).toEqual([2, 'ami-2'])
    expect(pruned({}, { count: 2, for: 30 * day })).toBe('nothing_to_prune')
    expect(pruned({}, { count: 1, for: 99 * day })).toBe('nothing_to_prune')
    const failed = image(9, { state: 'failed', createdAt: now - 40 * day })
    expect(pruned({ images: [failed, image(2), image(3)] })).toEqual([2, 'ami-2', 'ami-9'])
  })

  test('an image that is being made never goes, whatever its age', () => {
    expect(pruned({ versions: [version(1)], images: [image(2, { state: 'pending' }), image(3)] })).toBe(
      'nothing_to_prune',
    )
  })

  test('snapshots of images that are gone go, unless something holds them or they are young', () => {
    const tags = image(2).tags
    const snapshot = (id: string, age: number) => ({
      id,
      state: 'completed',
      startedAt: now - age * day,
      sizeGiB: 8,
      tags,
    })
    const snapshots = [snapshot('snap-old', 40), snapshot('snap-held', 40), snapshot('snap-young', 4)]
    const only = {
      versions: [version(1)],
      images: [],
      snapshots,
      referencedSnapshots: new Set(['snap-held']),
    }
    expect(pruned(only)).toEqual(['snap-old'])
    expect(pruned({ ...only, snapshots: [{ ...snapshot('snap-x', 40), tags: {} }] })).toBe('nothing_to_prune')
  })

  test('so much goes at once, the oldest first, and the rest is counted', () => {
    const many = Array.from({ length: 70 }, (_, index) =>
      image(index, { id: `ami-x${index}`, createdAt: now - (200 - index) * day }),
    )
    const planned = planPrune({ service, history: [] }, { ...facts, versions: [version(1)], images: many })
    expect(planned).toMatchObject({ ok: true, value: { prune: { later: 19 } } })
    if (!planned.ok) throw new Error('no plan')
    expect(planned.value.prune?.images).toHaveLength(50)
    expect(planned.value.prune?.images[0]?.id).toBe('ami-x0')
  })
})
