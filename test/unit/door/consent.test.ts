import { checkStart } from '../../../src/domain/access/gates'
import { allowed } from '../../../src/domain/access/permissions'
import { checkClick } from '../../../src/domain/interaction/clicks'
import type { Catalogue } from '../../../src/domain/catalogue/catalogue'
import type { Signal } from '../../../src/domain/operation/operation'
import { doorDesk } from '../../support/door'
import { newOperation } from '../../support/operations'
import { plan } from '../../support/web-deploy'

const { catalogue: base } = doorDesk().deps
const catalogue: Catalogue = {
  ...base,
  people: new Map([...base.people, ['approvers', { users: ['U0BOB', 'U0CAROL'], groups: [] }]]),
}
const signal = (kind: Signal['kind'], user: string): Signal => ({
  id: `${kind}:${user}`,
  kind,
  by: { user, team: 'T0' },
  at: 1,
  fingerprint: 'f',
})
const start = (signals: readonly Signal[], more: Partial<Parameters<typeof checkStart>[0]> = {}) =>
  checkStart({
    catalogue,
    action: 'deploy',
    service: 'shop',
    locks: [],
    now: 2,
    requester: 'machines.pipeline',
    behind: 'U0BOB',
    memberships: new Map(['U0BOB', 'U0CAROL'].map((user) => [user, ['everyone']] as const)),
    fingerprint: 'f',
    shownAt: 0,
    signals,
    ...more,
  })

test('what a machine asks for is approved by people, and not by who stands behind it', () => {
  expect(start([])).toMatchObject({ verdict: 'wait', for: 'approval' })
  expect(start([signal('approve', 'U0BOB')])).toMatchObject({ verdict: 'wait', given: [] })
  expect(start([signal('approve', 'U0CAROL')])).toEqual({ verdict: 'pass' })
  expect(start([signal('approve', 'U0BOB')], { behind: 'U0ALICE' })).toEqual({ verdict: 'pass' })
})

test('who stands behind a machine is told so at the button', () => {
  const operation = {
    ...newOperation('shop-aaaaa'),
    request: { procedure: 'deploy', service: 'shop', version: 'v2' },
    requester: { user: 'machines.pipeline', team: '', caller: { behind: 'U0BOB' } },
    phase: 'approving',
    plan: { ...plan, fingerprint: 'f' },
    signals: [],
  } as const
  const click = (user: string) =>
    checkClick({
      catalogue,
      kind: 'approve',
      operation,
      actor: { user, memberships: ['everyone'] },
      fingerprint: 'f',
    })
  expect(click('U0BOB')).toMatchObject({ verdict: 'refuse', reason: { code: 'own_approval' } })
  expect(click('U0CAROL')).toEqual({ verdict: 'pass' })
})

test('a machine never approves, whatever a rule says', () => {
  const open: Catalogue = {
    ...catalogue,
    rules: [{ service: '*', actions: ['*'], allow: ['machines.ci', 'everyone'] }],
  }
  expect(allowed(open, 'deploy', 'web', 'machines.ci', [])).toEqual({ ok: true })
  expect(allowed(open, 'approve', 'web', 'machines.ci', [])).toMatchObject({ ok: false })
  // Nor is it everyone, nor a machine that the file does not have.
  expect(allowed(catalogue, 'status', 'shop', 'machines.ci', [])).toMatchObject({ ok: false })
  expect(allowed({ ...open, machines: new Map() }, 'deploy', 'web', 'machines.ci', [])).toMatchObject({
    ok: false,
  })
})

test('a plan of a machine that waits for a yes gets it from a person who may ask for the same', () => {
  const confirming = { service: 'web', requester: 'machines.ci', confirm: true }
  expect(start([], confirming)).toMatchObject({ verdict: 'wait', for: 'confirmation' })
  expect(start([signal('confirm', 'U0MALLORY')], confirming)).toMatchObject({
    verdict: 'wait',
    for: 'confirmation',
  })
  expect(start([signal('confirm', 'machines.ci')], confirming)).toMatchObject({ verdict: 'wait' })
  expect(start([signal('confirm', 'U0ALICE')], confirming)).toEqual({ verdict: 'pass' })
  // A person's plan is still confirmed by that person alone.
  const own = { ...confirming, requester: 'U0ALICE' }
  expect(start([signal('confirm', 'U0BOB')], own)).toMatchObject({ verdict: 'wait', for: 'confirmation' })
})
