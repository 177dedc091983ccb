import type { LiveEvent, PlannedSchedule } from '../../../src/domain/events/event'
import type { Operation } from '../../../src/domain/operation/operation'
import { type Reason, reason } from '../../../src/domain/reasons/reason'
import { hour, minute, second } from '../../../src/domain/time/time'
import type { OperationFacts } from '../../../src/messages/operation/facts'
import { operationMessage } from '../../../src/messages/operation/message'
import { faultsOf } from '../../support/block-kit'
import { onScreen } from '../../support/on-screen'
import { alice, bob, cell, deploy, fleet, plan, start, step } from '../../support/web-deploy'

const languages = ['en', 'ko'] as const
const carol = { user: 'U0CAROL', team: 'T0TEAM' }
const facts = (operation: Operation, more: Partial<OperationFacts> = {}): OperationFacts => ({
  operation,
  now: start + 5 * minute,
  language: 'en',
  timezone: 'Asia/Seoul',
  targetVersion: 2,
  ...more,
})

const asked = [
  step('image/create', 1, 0, 1),
  step('image/available', 2, 1, 240),
  step('template/pin', 3, 240, 241),
]
const made = { ...step('template/create version', 4, 241, 242), outcome: 2 }
const refreshing = {
  ...step('fleet/refresh 1', 5, 242),
  progress: { percent: 50, detail: 'Waiting for instances to warm up.' },
}
const half = fleet([
  cell('i-1', 1, 'healthy'),
  cell('i-2', 2, 'healthy'),
  cell('i-3', 2, 'initial', 'Pending'),
])
const running = deploy({
  startedAt: start,
  steps: [...asked, made, refreshing],
  fleet: half,
  why: 'new login page',
})
const ended = (ending: Omit<NonNullable<Operation['ending']>, 'at'>): Operation => ({
  ...running,
  phase: 'ended',
  ending: { at: start + 8 * minute + 4 * second, ...ending },
})
const unhealthy = reason('new_fleet_unhealthy', {
  group: 'Web-ASG',
  version: 'v2',
  healthy: 1,
  wanted: 2,
  after: 20 * minute,
  because: 'Target.Timeout',
  aws: 'Request timed out',
})

const scaledFrom2 = (desired: number, ending: Omit<NonNullable<Operation['ending']>, 'at'>): Operation => ({
  ...ended(ending),
  steps: [step('fleet/scale', 1, 0, 1), step('health/in service 1', 2, 1, 484)],
  request: { procedure: 'scale', service: 'web', desired },
  plan: {
    service: 'web',
    version: '',
    ...(plan.group && {
      group: { ...plan.group, after: { ...plan.group.before, desired } },
    }),
    tasks: [
      { name: 'fleet', expected: 5_000 },
      { name: 'health', expected: 2 * minute },
    ],
    calls: ['UpdateAutoScalingGroup'],
    warnings: [],
    fingerprint: 'f1n6e4',
  },
})

/** 2026-12-24, 20:00 to 23:00 in Seoul. */
const live = Date.UTC(2026, 11, 24, 11)
const scheduled = (schedule: Partial<PlannedSchedule>, warnings: readonly Reason[] = []): Operation =>
  deploy({
    phase: 'confirming',
    request: { procedure: 'schedule', service: 'web', said: '2026-12-24T20:00 3h', desired: 10 },
    plan: {
      service: 'web',
      version: '',
      schedule: {
        group: 'Web-ASG',
        base: { min: 2, desired: 2, max: 4 },
        put: [],
        remove: [],
        ...schedule,
      },
      tasks: [{ name: 'schedule', expected: 5 * second }],
      calls: ['PutScheduledUpdateGroupAction'],
      warnings,
      fingerprint: 'f1n6e4',
    },
  })
const christmas: LiveEvent = {
  name: 'Christmas live',
  times: {
    kind: 'once',
    from: live,
    to: live + 3 * hour,
    zone: 'Asia/Seoul',
    outAt: live - 6 * minute,
    inAt: live + 3 * hour,
  },
  lead: 6 * minute,
  desired: 10,
  max: 12,
  base: { min: 2, desired: 2, max: 4 },
}

const stories: Readonly<Record<string, OperationFacts>> = {
  'asks for a confirmation': facts(deploy({ phase: 'confirming' }), {
    wait: { verdict: 'wait', for: 'confirmation', by: alice.user, until: start + 30 * minute },
  }),
  'asks for an approval': facts(
    deploy({
      phase: 'approving',
      plan: { ...plan, warnings: [reason('group_empty', { group: 'Web-ASG' })] },
    }),
    {
      wait: {
        verdict: 'wait',
        for: 'approval',
        by: { everyone: false, names: ['approvers'], users: ['U0BOB'], groups: ['S0OPS'] },
        count: 2,
        given: ['U0BOB'],
        until: start + 60 * minute,
      },
    },
  ),
  'asks for an approval anew, for its plan has changed': facts(
    deploy({
      phase: 'approving',
      signals: [
        { id: '1', kind: 'approve', by: bob, at: start + 2 * minute, fingerprint: 'another' },
        { id: '2', kind: 'approve', by: carol, at: start + 4 * minute, fingerprint: plan.fingerprint },
      ],
    }),
    {
      wait: {
        verdict: 'wait',
        for: 'approval',
        by: { everyone: false, names: ['approvers'], users: ['U0BOB', 'U0CAROL'], groups: [] },
        count: 2,
        given: ['U0CAROL'],
        until: start + 60 * minute,
      },
    },
  ),
  'asks whether an event is understood': facts(scheduled({ event: christmas, leadFrom: 'past' }), {
    timezone: 'America/New_York',
  }),
  'asks whether an event is understood that a policy would scale in again': facts(
    scheduled({ event: christmas, scaledInBy: ['cpu-50'] }),
  ),
  'asks whether one that recurs is understood, and warns': facts(
    scheduled(
      {
        event: {
          ...christmas,
          times: {
            kind: 'every',
            days: [1, 2, 3, 4, 5],
            hour: 19,
            minute: 30,
            lasts: 3.5 * hour,
            back: 0,
            since: start,
            zone: 'Asia/Seoul',
          },
        },
        leadFrom: 'catalogue',
      },
      [
        reason('addresses_short', { group: 'Web-ASG', need: 8, left: 3 }),
        reason('not_checked', { action: 'GetServiceQuota', awsCode: 'AccessDenied', aws: 'Not authorized.' }),
      ],
    ),
  ),
  'stands in line': facts(deploy({ phase: 'queued' }), { queue: { place: 2, behind: 'web-aaaaa' } }),
  runs: facts(running),
  'was asked to cancel': facts({
    ...running,
    signals: [{ id: '1', kind: 'cancel', by: bob, at: start + 4 * minute }],
  }),
  'was told to go on after a cancel': facts({
    ...running,
    signals: [
      { id: '1', kind: 'cancel', by: bob, at: start + 3 * minute },
      { id: '2', kind: 'go on', by: alice, at: start + 4 * minute },
    ],
  }),
  'was asked to cancel too late': facts({
    ...running,
    phase: 'finishing',
    signals: [{ id: '1', kind: 'cancel', by: bob, at: start + 4 * minute }],
  }),
  'is held': facts({
    ...running,
    phase: 'held',
    steps: [...running.steps, { ...step('hold/1', 6, 290), deadline: start + 35 * minute }],
  }),
  'goes back': facts({
    ...running,
    phase: 'returning',
    steps: [
      ...asked,
      made,
      { ...refreshing, state: 'failed', endedAt: start + 290 * second, failure: unhealthy },
      step('return/fleet/roll back ended', 6, 290),
    ],
  }),
  'has succeeded': facts(ended({ kind: 'succeeded', left: [] }), {
    rollback: { to: 'v1', expected: 4 * minute },
  }),
  'was rolled back': facts(
    ended({
      kind: 'rolled back',
      reason: unhealthy,
      left: [
        reason('left_image', { name: 'Web Server v2', image: 'ami-2' }),
        reason('left_template_version', { template: 'Web', version: 2 }),
      ],
    }),
  ),
  'failed before it touched the fleet': facts(
    ended({
      kind: 'failed clean',
      reason: reason('aws_refused', {
        action: 'CreateImage',
        awsCode: 'UnauthorizedOperation',
        aws: 'You are not authorized to perform this operation.',
      }),
      left: [],
    }),
  ),
  'has scaled out': facts(scaledFrom2(4, { kind: 'succeeded', left: [] })),
  'has scaled in': facts(scaledFrom2(1, { kind: 'succeeded', left: [] })),
  'has scaled out by less than was wished': facts(
    scaledFrom2(4, { kind: 'needs attention', reason: unhealthy, left: [] }),
  ),
  'needs a person': facts(
    ended({
      kind: 'needs attention',
      reason: unhealthy,
      left: [
        reason('way_back_failed', { what: 'fleet', code: 'capacity_short', aws: 'Insufficient capacity.' }),
      ],
    }),
  ),
  'was refused': facts(
    ended({
      kind: 'refused',
      reason: reason('locked', {
        service: 'web',
        why: 'incident 42',
        by: 'U0BOB',
        until: start + 120 * minute,
      }),
      left: [],
    }),
  ),
  'was cancelled': facts({
    ...ended({ kind: 'cancelled', reason: reason('cancelled_by_person', { by: 'U0BOB' }), left: [] }),
    signals: [{ id: '1', kind: 'cancel', by: bob, at: start + 4 * minute }],
  }),
  'was taken back later': facts(ended({ kind: 'succeeded', left: [] }), {
    rollback: { to: 'v1', expected: 4 * minute },
    rolledBack: { operation: 'web-zzzzz', by: 'U0BOB' },
  }),
}

describe.each(languages)('the message of an operation, in %s', (language) => {
  test.each(Object.entries(stories))('that %s', (_, story) => {
    const message = operationMessage({ ...story, language })
    expect(faultsOf(message)).toEqual([])
    expect(`${onScreen(message)}\n\n=== as plain text ===\n${message.text}`).toMatchSnapshot()
  })
})

describe('the buttons of an operation', () => {
  const labels = (story: OperationFacts): readonly string[] =>
    operationMessage(story).blocks.flatMap((block) =>
      block.type === 'actions'
        ? block.elements.map((element) => ('action_id' in element ? (element.action_id ?? '') : ''))
        : [],
    )

  test.each([
    ['asks for a confirmation', ['confirm', 'dismiss']],
    ['asks for an approval', ['approve', 'decline', 'cancel']],
    ['stands in line', ['cancel']],
    ['runs', ['cancel']],
    ['was asked to cancel', []],
    ['was told to go on after a cancel', ['cancel']],
    ['was asked to cancel too late', []],
    ['is held', ['go_back', 'go_on']],
    ['goes back', []],
    ['has succeeded', ['rollback', 'show']],
    ['was refused', []],
    ['was taken back later', ['show']],
    ['has scaled out', ['run_command', 'show']],
    ['has scaled out by less than was wished', ['run_command', 'show']],
  ])('when it %s are %j', (name, expected) => {
    expect(labels(stories[name] ?? facts(running))).toEqual(expected)
  })

  test('carry the operation and the plan that was on the screen', () => {
    const [confirm] = operationMessage(stories['asks for a confirmation'] ?? facts(running)).blocks.flatMap(
      (block) => (block.type === 'actions' ? block.elements : []),
    )
    expect(confirm).toMatchObject({
      type: 'button',
      value: JSON.stringify({ operation: 'web-k7f3q', service: 'web', fingerprint: 'f1n6e4' }),
    })
  })

  test('offer to allow deploys again after a rollback', () => {
    const rollback = deploy({
      startedAt: start,
      request: { procedure: 'rollback', service: 'web' },
      plan: { ...plan, version: 'v1', before: 'v2' },
      phase: 'ended',
      ending: { kind: 'succeeded', at: start + minute, left: [] },
    })
    expect(labels(facts(rollback, { frozen: true }))).toEqual(['unlock', 'show'])
  })
})

test('the text names the operation before any other', () => {
  const { text } = operationMessage(stories['stands in line'] ?? facts(running))
  expect(text.split('\n')[0]).toBe('⏳ Deploy web v2 (`web-k7f3q`)')
})

describe('tasks of an operation', () => {
  test('can be plain sections, for clients that do not draw a plan', () => {
    const message = operationMessage(facts(running, { tasks: 'sections' }))
    expect(message.blocks.map((block) => block.type)).not.toContain('plan')
    expect(onScreen(message)).toContain('▶ Replace 2 instances · 50 %')
  })

  test('show the way back once it was taken', () => {
    expect(onScreen(operationMessage(stories['goes back'] ?? facts(running)))).toContain(
      '(in_progress) Go back',
    )
    expect(onScreen(operationMessage(facts(running)))).not.toContain('Go back')
  })

  test('hand back no group that the plan leaves alone', () => {
    const { group, ...refreshes } = plan
    expect(group).toBeDefined()
    expect(onScreen(operationMessage(facts({ ...running, plan: refreshes })))).toContain(
      '(pending) Move the default version',
    )
    expect(onScreen(operationMessage(facts(running)))).toContain(
      '(pending) Move the default, hand the group back',
    )
  })

  test('tell when it takes longer than expected', () => {
    expect(operationMessage(facts(running, { now: start + 15 * minute })).text).toContain(
      '15 min so far, 4 min 55 s longer than expected',
    )
  })
})
