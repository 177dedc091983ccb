import { checkClick, type ClickFacts } from '../../../src/domain/interaction/clicks'
import { confirmTimeout } from '../../../src/domain/access/approval'
import { checkCommand, checkUnlock, checkStart, type StartFacts } from '../../../src/domain/access/gates'
import { hour, minute } from '../../../src/domain/time/time'
import type { Action } from '../../../src/domain/access/action'
import type { Catalogue } from '../../../src/domain/catalogue/catalogue'
import type { Lock } from '../../../src/domain/access/lock'
import type { Signal } from '../../../src/domain/operation/operation'
import type { Plan } from '../../../src/domain/operation/plan'
import type { Verdict } from '../../../src/domain/access/verdict'
import { goesForward, locksHolding, procedureNames } from '../../../src/domain/procedures'
import { services } from '../commands/catalogue'
import type { Phase } from '../../../src/domain/operation/phase'

const now = 1_800_000_000_000
const catalogue: Catalogue = {
  ...services,
  rules: [
    { service: '*', actions: ['status'], allow: ['everyone'] },
    {
      service: 'web',
      actions: ['deploy', 'bake', 'roll', 'rollback', 'lock', 'unlock', 'cancel'],
      allow: ['operators'],
    },
    {
      service: 'shop',
      actions: ['deploy'],
      allow: ['operators'],
      approval: { by: 'approvers', count: 2, expires: hour },
    },
  ],
}
/** Full members of the workspace, and nothing else. */
const members = (...users: readonly string[]) => new Map(users.map((user) => [user, ['everyone']] as const))
const person = (user: string) => ({ user, team: 'T1' })
const lock = (over: Partial<Lock> = {}): Lock => ({
  kind: 'lock',
  service: 'web',
  why: 'incident 42',
  by: person('U0BOB'),
  since: now - hour,
  ...over,
})
const freeze = lock({ kind: 'freeze', why: 'rolled back', operation: 'web-k7f3q' })

/** A verdict as one short line. */
const said = (verdict: Verdict): string => {
  if (verdict.verdict === 'pass') return 'pass'
  if (verdict.verdict === 'refuse') return verdict.reason.code
  if (verdict.for === 'confirmation') return `wait for ${verdict.by}`
  if (verdict.for === 'window') return `wait for ${verdict.closure.window}`
  return `wait for ${verdict.count - verdict.given.length} of ${verdict.by.names.join()}`
}

test('the freeze after a rollback holds just what goes forward again', () => {
  const frozen = procedureNames.filter((name) => locksHolding(name).includes('freeze'))
  expect(frozen).toEqual(procedureNames.filter((procedure) => goesForward({ procedure })))
})

describe('at the command', () => {
  const at = (action: Action, user: string, locks: readonly Lock[], over = {}) => {
    const actor = { user, memberships: user === 'U0DAVE' ? ['S0OPS', 'everyone'] : ['everyone'] }
    return checkCommand({ catalogue, action, service: 'web', actor, locks, now, ...over })
  }

  test.each<[string, Action, string, readonly Lock[], object, string]>([
    ['an operator deploys', 'deploy', 'U0ALICE', [], {}, 'pass'],
    ['somebody of an operators’ group deploys', 'deploy', 'U0DAVE', [], {}, 'pass'],
    ['nobody deploys', 'deploy', 'U0MALLORY', [], {}, 'not_allowed'],
    ['nobody plans a deploy either', 'deploy', 'U0MALLORY', [], { dryRun: true }, 'not_allowed'],
    ['permission is looked at before locks', 'deploy', 'U0MALLORY', [lock()], {}, 'not_allowed'],
    ['a lock holds a deploy', 'deploy', 'U0ALICE', [lock()], {}, 'locked'],
    ['a lock holds who set it, too', 'deploy', 'U0ALICE', [lock({ by: person('U0ALICE') })], {}, 'locked'],
    ['a lock on all holds', 'deploy', 'U0ALICE', [lock({ service: '*' })], {}, 'locked'],
    ['a lock on another service does not', 'deploy', 'U0ALICE', [lock({ service: 'shop' })], {}, 'pass'],
    ['a lock whose time is over does not', 'deploy', 'U0ALICE', [lock({ until: now })], {}, 'pass'],
    ['a lock whose time is not over does', 'deploy', 'U0ALICE', [lock({ until: now + 1 })], {}, 'locked'],
    ['a plan passes a lock', 'deploy', 'U0ALICE', [lock()], { dryRun: true }, 'pass'],
    ['a lock holds a bake and a roll', 'bake', 'U0ALICE', [lock()], {}, 'locked'],
    ['a freeze holds a deploy', 'deploy', 'U0ALICE', [freeze], {}, 'frozen_after_rollback'],
    ['a freeze holds a roll', 'roll', 'U0ALICE', [freeze], {}, 'frozen_after_rollback'],
    ['a freeze holds no bake', 'bake', 'U0ALICE', [freeze], {}, 'pass'],
    ['a rollback passes both', 'rollback', 'U0ALICE', [lock(), freeze], {}, 'pass'],
    ['looking passes both', 'status', 'U0MALLORY', [lock(), freeze], {}, 'pass'],
    ['a cancel passes both', 'cancel', 'U0ALICE', [lock(), freeze], {}, 'pass'],
    ['a lock is not put over another’s', 'lock', 'U0ALICE', [lock()], {}, 'locked'],
    ['a lock is put over one’s own', 'lock', 'U0ALICE', [lock({ by: person('U0ALICE') })], {}, 'pass'],
    ['a lock is put beside one on all', 'lock', 'U0ALICE', [lock({ service: '*' })], {}, 'pass'],
    ['all services are locked by who may on all', 'lock', 'U0ALICE', [], { service: '*' }, 'not_allowed'],
  ])('%s', (_, action, user, locks, over, verdict) => {
    expect(said(at(action, user, locks, over))).toBe(verdict)
  })

  test('a refusal holds what its sentence needs', () => {
    expect(at('deploy', 'U0ALICE', [lock({ until: now + hour })])).toEqual({
      verdict: 'refuse',
      reason: {
        code: 'locked',
        facts: { service: 'web', why: 'incident 42', by: 'U0BOB', since: now - hour, until: now + hour },
      },
    })
    expect(at('deploy', 'U0MALLORY', [])).toMatchObject({
      reason: { facts: { action: 'deploy', service: 'web', users: ['U0ALICE'], groups: ['S0OPS'] } },
    })
  })
})

describe('at an unlock', () => {
  test.each<[string, string, readonly Lock[], string]>([
    ['an operator clears anybody’s lock', 'U0ALICE', [lock()], 'pass'],
    ['who set it clears it', 'U0BOB', [lock()], 'pass'],
    [
      'who set one of two does not clear both',
      'U0BOB',
      [lock(), { ...freeze, by: person('U0ALICE') }],
      'not_allowed',
    ],
    ['nobody clears nothing', 'U0MALLORY', [lock()], 'not_allowed'],
    ['an operator clears a freeze', 'U0ALICE', [freeze], 'pass'],
    ['there is nothing to clear', 'U0ALICE', [], 'not_locked'],
    ['a lock on all is cleared by its own name', 'U0ALICE', [lock({ service: '*' })], 'not_locked'],
    ['a lock that is over is none', 'U0BOB', [lock({ until: now })], 'not_allowed'],
  ])('%s', (_, user, locks, verdict) => {
    expect(
      said(checkUnlock({ catalogue, service: 'web', actor: { user, memberships: [] }, locks, now })),
    ).toBe(verdict)
  })
})

const signal = (kind: Signal['kind'], user: string, over: Partial<Signal> = {}): Signal => ({
  id: `${kind}:${user}`,
  kind,
  by: person(user),
  at: now - minute,
  fingerprint: 'plan-1',
  ...over,
})

describe('before the first change', () => {
  const startFacts = (over: Partial<StartFacts> = {}): StartFacts => ({
    catalogue,
    action: 'deploy',
    service: 'web',
    locks: [],
    now,
    requester: 'U0ALICE',
    memberships: members('U0BOB', 'U0CAROL', 'U0MALLORY', 'U0ALICE', 'U0ERIN'),
    fingerprint: 'plan-1',
    shownAt: now - 2 * minute,
    signals: [],
    ...over,
  })
  const at = (over: Partial<StartFacts> = {}) => said(checkStart(startFacts(over)))

  test.each<[string, Partial<StartFacts>, string]>([
    ['all is well', {}, 'pass'],
    ['its requester may no more', { requester: 'U0MALLORY' }, 'not_allowed'],
    ['its requester’s groups are unknown', { requester: 'U0DAVE' }, 'not_allowed'],
    [
      'its requester is in a group',
      { requester: 'U0DAVE', memberships: new Map([['U0DAVE', ['S0OPS']]]) },
      'pass',
    ],
    ['a lock came meanwhile', { locks: [lock()] }, 'locked'],
    ['a rollback came meanwhile', { locks: [freeze] }, 'frozen_after_rollback'],
  ])('%s', (_, over, verdict) => expect(at(over)).toBe(verdict))

  const confirm = { confirm: true }
  test.each<[string, Partial<StartFacts>, string]>([
    ['waits for its requester’s word', {}, 'wait for U0ALICE'],
    ['goes on with it', { signals: [signal('confirm', 'U0ALICE')] }, 'pass'],
    ['does not take another’s word', { signals: [signal('confirm', 'U0BOB')] }, 'wait for U0ALICE'],
    [
      'takes a no',
      { signals: [signal('dismiss', 'U0ALICE'), signal('confirm', 'U0ALICE')] },
      'not_confirmed',
    ],
    ['takes silence for no', { shownAt: now - confirmTimeout }, 'not_confirmed'],
    [
      'keeps a word that came in time',
      { shownAt: now - hour, signals: [signal('confirm', 'U0ALICE')] },
      'pass',
    ],
    [
      'is bound to the plan that was shown: another one is asked anew',
      { fingerprint: 'plan-2', signals: [signal('confirm', 'U0ALICE')] },
      'wait for U0ALICE',
    ],
    [
      'takes a new word for a new plan',
      {
        fingerprint: 'plan-2',
        signals: [signal('confirm', 'U0ALICE'), signal('confirm', 'U0ALICE', { fingerprint: 'plan-2' })],
      },
      'pass',
    ],
    [
      'does not take a word for no plan',
      { signals: [{ ...signal('confirm', 'U0ALICE'), fingerprint: '' }] },
      'wait for U0ALICE',
    ],
  ])('a confirmation %s', (_, over, verdict) => expect(at({ ...confirm, ...over })).toBe(verdict))

  test('a service may want every plan confirmed', () => {
    const web = services.services.get('web')
    const careful = web && new Map([['web', { ...web, confirm: true }]])
    expect(at({ catalogue: { ...catalogue, services: careful ?? new Map() } })).toBe('wait for U0ALICE')
  })

  const bob = signal('approve', 'U0BOB')
  const carol = signal('approve', 'U0CAROL')
  test.each<[string, Partial<StartFacts>, string]>([
    ['is waited for', {}, 'wait for 2 of approvers'],
    ['counts', { signals: [bob] }, 'wait for 1 of approvers'],
    ['of enough is enough', { signals: [bob, carol] }, 'pass'],
    ['of one person twice is one', { signals: [bob, { ...bob, id: 'again' }] }, 'wait for 1 of approvers'],
    [
      'of somebody else is none',
      { signals: [bob, signal('approve', 'U0MALLORY')] },
      'wait for 1 of approvers',
    ],
    [
      'of another plan is void',
      { signals: [bob, { ...carol, fingerprint: 'plan-0' }] },
      'wait for 1 of approvers',
    ],
    [
      'of a plan that changed since is void',
      { fingerprint: 'plan-2', signals: [bob, carol] },
      'wait for 2 of approvers',
    ],
    [
      'is not asked for for ever',
      { shownAt: now - hour, signals: [{ ...bob, at: now - 59 * minute }] },
      'approval_expired',
    ],
    [
      'given in time holds while it queues',
      { shownAt: now - 3 * hour, signals: [bob, carol].map((one) => ({ ...one, at: now - 150 * minute })) },
      'pass',
    ],
    ['given too late does not count', { shownAt: now - 2 * hour, signals: [bob, carol] }, 'approval_expired'],
    ['may be refused', { signals: [bob, carol, signal('decline', 'U0CAROL')] }, 'approval_declined'],
    ['may not be refused by anybody', { signals: [bob, carol, signal('decline', 'U0MALLORY')] }, 'pass'],
    [
      'refused for another plan is void',
      { signals: [bob, carol, signal('decline', 'U0CAROL', { fingerprint: 'plan-0' })] },
      'pass',
    ],
    ['comes after the confirmation', { confirm: true }, 'wait for U0ALICE'],
    [
      'has its time from the confirmation on',
      {
        confirm: true,
        shownAt: now - 80 * minute,
        signals: [signal('confirm', 'U0ALICE', { at: now - 55 * minute })],
      },
      'wait for 2 of approvers',
    ],
  ])('an approval %s', (_, over, verdict) => expect(at({ service: 'shop', ...over })).toBe(verdict))

  test('an approval of who has left, or is a guest, does not count, and is not taken', () => {
    const signals = [bob, carol]
    expect(at({ service: 'shop', signals, memberships: members('U0BOB') })).toBe('wait for 1 of approvers')
    expect(
      at({
        service: 'shop',
        signals: [bob, carol, signal('decline', 'U0CAROL')],
        memberships: members('U0BOB'),
      }),
    ).toBe('wait for 1 of approvers')
  })

  describe('of two groups', () => {
    const second = {
      catalogue: {
        ...catalogue,
        people: new Map([...catalogue.people, ['owners', { users: ['U0CAROL', 'U0ERIN'], groups: [] }]]),
        rules: [
          {
            service: 'shop',
            actions: ['deploy' as const],
            allow: ['operators'],
            approval: { by: 'approvers', count: 1, second: 'owners', expires: hour },
          },
        ],
      },
      service: 'shop',
    }
    const erin = signal('approve', 'U0ERIN')
    test.each<[string, readonly Signal[], string]>([
      ['nobody yet', [], 'wait for 2 of approvers,owners'],
      ['one of the first', [bob], 'wait for 1 of owners'],
      ['one of the second', [erin], 'wait for 1 of approvers'],
      ['one who is in both counts for one', [carol], 'wait for 1 of approvers,owners'],
      ['one of each', [bob, erin], 'pass'],
      ['one of both and one of the first', [carol, bob], 'pass'],
      ['one of both and one of the second', [carol, erin], 'pass'],
    ])('%s', (_, signals, verdict) => expect(at({ ...second, signals })).toBe(verdict))
  })

  test('half of the time for an approval is when those asked are called once more', () => {
    expect(checkStart(startFacts({ service: 'shop', shownAt: now }))).toMatchObject({
      until: now + hour,
      remindAt: now + hour / 2,
    })
  })

  test('an approval is never its requester’s', () => {
    const both = new Map([['approvers', { users: ['U0ALICE', 'U0BOB'], groups: [] }]])
    const people = new Map([...catalogue.people, ...both])
    const signals = [bob, signal('approve', 'U0ALICE')]
    expect(at({ service: 'shop', catalogue: { ...catalogue, people }, signals })).toBe(
      'wait for 1 of approvers',
    )
  })
})

describe('at a click', () => {
  const plan = { fingerprint: 'plan-1' } as Plan
  const at = (
    kind: Signal['kind'],
    user: string,
    phase: Phase,
    over: Partial<ClickFacts> = {},
    service = 'shop',
  ) =>
    said(
      checkClick({
        catalogue,
        kind,
        operation: {
          id: `${service}-k7f3q`,
          request: { procedure: 'deploy', service, version: 'v2' },
          requester: person('U0ALICE'),
          phase,
          plan,
          signals: [],
        },
        actor: { user, memberships: ['everyone'] },
        fingerprint: 'plan-1',
        ...over,
      }),
    )

  test.each<[string, Signal['kind'], string, Phase, Partial<ClickFacts>, string]>([
    ['the requester confirms', 'confirm', 'U0ALICE', 'confirming', {}, 'pass'],
    ['another confirms', 'confirm', 'U0BOB', 'confirming', {}, 'not_requester'],
    [
      'what was on the screen is old',
      'confirm',
      'U0ALICE',
      'confirming',
      { fingerprint: 'plan-0' },
      'plan_changed',
    ],
    [
      'nothing says what was on the screen',
      'approve',
      'U0BOB',
      'approving',
      { fingerprint: '' },
      'plan_changed',
    ],
    ['a confirm comes twice', 'confirm', 'U0ALICE', 'running', {}, 'stale'],
    ['the requester says not now', 'dismiss', 'U0ALICE', 'confirming', {}, 'pass'],
    ['a stranger says not now', 'dismiss', 'U0MALLORY', 'confirming', {}, 'not_allowed'],
    ['an approver approves', 'approve', 'U0BOB', 'approving', {}, 'pass'],
    ['an approver approves too early', 'approve', 'U0BOB', 'planning', {}, 'stale'],
    ['the requester approves', 'approve', 'U0ALICE', 'approving', {}, 'not_approver'],
    ['a stranger approves', 'approve', 'U0MALLORY', 'approving', {}, 'not_approver'],
    ['an approver declines', 'decline', 'U0CAROL', 'approving', {}, 'pass'],
    ['a stranger declines', 'decline', 'U0MALLORY', 'approving', {}, 'not_approver'],
    ['the requester cancels', 'cancel', 'U0ALICE', 'running', {}, 'pass'],
    ['a stranger cancels', 'cancel', 'U0MALLORY', 'running', {}, 'not_allowed'],
    ['a cancel comes while it goes back', 'cancel', 'U0ALICE', 'returning', {}, 'stale'],
    ['a cancel comes while it finishes', 'cancel', 'U0ALICE', 'finishing', {}, 'too_late_to_cancel'],
    ['a cancel comes after the end', 'cancel', 'U0ALICE', 'ended', {}, 'stale'],
    ['the requester sends it back', 'go back', 'U0ALICE', 'held', {}, 'pass'],
    ['the requester lets it go on', 'go on', 'U0ALICE', 'held', {}, 'pass'],
    ['it is sent back while it runs', 'go back', 'U0ALICE', 'running', {}, 'stale'],
    ['a stranger lets it go on', 'go on', 'U0MALLORY', 'held', {}, 'not_allowed'],
  ])('%s', (_, kind, user, phase, over, verdict) => expect(at(kind, user, phase, over)).toBe(verdict))

  test('who may cancel on the service may stop another’s operation', () => {
    const memberships = ['S0OPS']
    expect(at('cancel', 'U0DAVE', 'running', { actor: { user: 'U0DAVE', memberships } }, 'web')).toBe('pass')
  })

  test('an approver who asked for it may decline, and not approve', () => {
    const people = new Map([['approvers', { users: ['U0ALICE'], groups: [] }]])
    const own = { catalogue: { ...catalogue, people } }
    expect(at('approve', 'U0ALICE', 'approving', own)).toBe('own_approval')
    expect(at('decline', 'U0ALICE', 'approving', own)).toBe('pass')
  })
})
