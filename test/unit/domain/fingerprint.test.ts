import { fingerprint } from '../../../src/domain/operation/fingerprint'
import type { Plan } from '../../../src/domain/operation/plan'
import { plan } from '../../support/web-deploy'

type Group = NonNullable<Plan['group']>

/** The fingerprint of a plan whose group differs from the usual one. */
const withGroup = (change: Partial<Group>): string =>
  fingerprint({ ...plan, ...(plan.group && { group: { ...plan.group, ...change } }) })

const usual = withGroup({})

test.each<[string, Partial<Group>]>([
  ['another capacity', { before: { min: 2, desired: 3, max: 4, cooldown: 300 } }],
  ['more at once on the way', { peak: 4 }],
  ['nothing to replace any more', { outdated: 0 }],
  ['an instance in Standby where there was none', { standby: 1 }],
  ['another minimum', { minimum: 1 }],
  ['a process that was suspended', { suspended: ['AZRebalance'] }],
])('%s is another plan', (_, change) => expect(withGroup(change)).not.toBe(usual))

test('what an instance that still comes or goes changes is no other plan', () => {
  expect(withGroup({ outdated: 3 })).toBe(usual)
  expect(fingerprint({ ...plan, ...(plan.group && { group: { ...plan.group } }) })).toBe(usual)
})

test('whatever a plan would do is in it, and what it only shows is not', () => {
  const shown: Partial<Plan> = { before: 'v0', tasks: [], calls: [], warnings: [], confirm: true }
  expect(fingerprint({ ...plan, ...shown })).toBe(fingerprint(plan))
  const more: object = { anything: 'that a later version may plan' }
  expect(fingerprint({ ...plan, ...more })).not.toBe(fingerprint(plan))
})
