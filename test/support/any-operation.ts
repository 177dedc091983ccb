import * as fc from 'fast-check'
import type { Strategy } from '../../src/domain/catalogue/strategy'
import type { LiveEvent, PlannedSchedule } from '../../src/domain/events/event'
import type { PlannedMonitor } from '../../src/domain/events/monitoring'
import type { FleetSnapshot } from '../../src/domain/fleet/fleet'
import type { Lock } from '../../src/domain/access/lock'
import type { Ending, Operation, Signal, StepRecord } from '../../src/domain/operation/operation'
import type { Plan } from '../../src/domain/operation/plan'
import type { TaskName } from '../../src/domain/steps/tasks'
import type { Reason } from '../../src/domain/reasons/reason'
import type { Request } from '../../src/domain/operation/request'
import type { Wait } from '../../src/domain/access/verdict'
import type { Locale } from '../../src/messages/locale'
import { sentences } from '../../src/messages/reasons/reasons'
import type { PlannedProvision, ResourceKind } from '../../src/domain/provision/planned'
import type { PlannedTeardown } from '../../src/domain/provision/planned-teardown'
import { kindNames } from '../../src/messages/provision/kinds'
import { labBlueprint } from './lab-fleet'
import { start } from './web-deploy'
import type { Phase } from '../../src/domain/operation/phase'
import type { ReasonCode } from '../../src/domain/reasons/reason-facts'

/** Text of other people, and of AWS: anything that could break out of a message, or be too long for it. */
export const hostile = fc.oneof(
  fc.constantFrom(
    '<!channel>',
    '<@U0BOB|bob>',
    'a & b < c > d',
    '&lt;!here&gt;',
    '`code` *bold* _it_ ~no~',
    'web',
    'v2',
    '*',
    '서비스',
    '👩‍👩‍👧‍👦 family',
    'line\nbreak\r\n> quote',
    '\u202Egnirts\u0000',
    ' ',
    '',
  ),
  fc.string({ maxLength: 40, unit: 'grapheme' }),
  fc.integer({ min: 0, max: 2_000 }).map((length) => '긴 <&> '.repeat(length / 2)),
)

/** Names of services are those of the catalogue, versions those that the commands let through: odd, never long. */
export const named = hostile.map((text) => text.slice(0, 64))

const instant = fc.integer({ min: 0, max: 40_000 }).map((seconds) => start + seconds * 1_000)
const person = fc.record({
  user: fc.constantFrom('U0ALICE', 'U0BOB', 'W123', '<!here>'),
  team: fc.constant('T0'),
})

const fact = fc.oneof(
  hostile,
  fc.integer({ min: -5, max: 1e9 }),
  fc.boolean(),
  fc.constant(null),
  fc.array(hostile, { maxLength: 12 }),
  fc.record({ min: fc.nat(), desired: fc.nat(), max: fc.nat() }),
)
const factNames = (
  'service operation by why until since version group image instances names users groups everyone action may what ' +
  'code treated state source name template expected from after wanted healthy because is was targetGroup targetGroups ' +
  'minimum step error awsCode refresh status percent processes needed min desired max strategy supported known region ' +
  'count given phase ending instance aws'
).split(' ')
export const anyReason: fc.Arbitrary<Reason> = fc
  .tuple(
    fc.constantFrom(...(Object.keys(sentences) as ReasonCode[]), 'of_a_newer_version' as ReasonCode),
    fc.dictionary(fc.constantFrom(...factNames), fact, { maxKeys: 20 }),
  )
  .map(([code, facts]) => ({ code, facts }))

const strategies: readonly Strategy[] = ['refresh', 'replace', 'surge', 'blue-green', 'canary']
const capacity = fc.record({
  min: fc.nat(999),
  desired: fc.nat(999),
  max: fc.nat(999),
  cooldown: fc.nat(999),
})
const pin = fc.oneof(fc.constantFrom('$Default' as const, '$Latest' as const), fc.nat(99))
const times: fc.Arbitrary<LiveEvent['times']> = fc.oneof(
  fc.record({
    kind: fc.constant('once' as const),
    from: instant,
    to: instant,
    zone: fc.constant('Asia/Seoul'),
    outAt: instant,
    inAt: instant,
  }),
  fc.record({
    kind: fc.constant('every' as const),
    days: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
    hour: fc.nat(23),
    minute: fc.nat(59),
    lasts: fc.integer({ min: 60_000, max: 80_000_000 }),
    zone: fc.constantFrom('Asia/Seoul', 'Europe/Paris'),
    back: fc.nat(3).map((minutes) => minutes * 60_000),
    since: instant,
  }),
)
const sizesOf = fc.record({ min: fc.nat(999), desired: fc.nat(999), max: fc.nat(999) })
const liveEvent: fc.Arbitrary<LiveEvent> = fc
  .record(
    {
      name: named,
      times,
      lead: fc.nat(3_600_000),
      desired: fc.nat(999),
      min: fc.nat(9),
      max: fc.nat(999),
      base: sizesOf,
    },
    { requiredKeys: ['times', 'lead', 'desired', 'base'] },
  )
  .map((event) => event as LiveEvent)
const schedule: fc.Arbitrary<PlannedSchedule> = fc
  .record(
    {
      group: hostile,
      event: liveEvent,
      id: named,
      base: sizesOf,
      put: fc.array(
        fc.record({ event: named, edge: fc.constantFrom('out' as const, 'in' as const), sizes: sizesOf }),
        { maxLength: 20 },
      ),
      remove: fc.array(fc.record({ name: hostile }), { maxLength: 20 }),
      now: fc.record({ was: sizesOf, is: sizesOf }),
    },
    { requiredKeys: ['group', 'base', 'put', 'remove'] },
  )
  .map((plan) => plan as PlannedSchedule)
const follow: fc.Arbitrary<PlannedMonitor> = fc
  .record(
    {
      id: named,
      event: liveEvent,
      by: person,
      occurrence: fc.record({
        from: instant,
        to: instant,
        outAt: instant,
        inAt: instant,
        day: fc.nat(6),
      }),
      missed: fc.nat(5),
      took: fc.nat(3_600_000),
    },
    { requiredKeys: ['id', 'event', 'by', 'occurrence', 'missed'] },
  )
  .map((plan) => plan as PlannedMonitor)

const resourceKinds = Object.keys(kindNames.en).filter(
  (kind) => kind !== 'security-group' && kind !== 'scheduled-action',
) as ResourceKind[]
const difference = fc.record({ attribute: named, is: hostile, wanted: hostile, fixed: fc.boolean() })
const provision: fc.Arbitrary<PlannedProvision> = fc
  .record(
    {
      resources: fc.array(
        fc.record(
          {
            kind: fc.constantFrom(...resourceKinds),
            name: named,
            id: named,
            state: fc.constantFrom('make' as const, 'there' as const, 'fix' as const, 'adopt' as const),
            differences: fc.array(difference, { maxLength: 9 }),
          },
          { requiredKeys: ['kind', 'name', 'state', 'differences'] },
        ),
        { maxLength: 13 },
      ),
      blueprint: named.map((name) => ({
        ...labBlueprint,
        instances: { ...labBlueprint.instances, type: name, keyPair: name },
        targetGroup: { ...labBlueprint.targetGroup, name, path: name },
      })),
      template: named,
      group: named,
      vpc: named,
      balancerSubnets: fc.array(named, { maxLength: 3 }),
      groupSubnets: fc.array(named, { maxLength: 3 }),
      source: named,
      monthly: fc.record({ amount: fc.double({ min: 0, max: 1e6, noNaN: true }), currency: named }),
    },
    {
      requiredKeys: ['resources', 'blueprint', 'template', 'group', 'vpc', 'balancerSubnets', 'groupSubnets'],
    },
  )
  .map((plan) => plan as PlannedProvision)
const removed = fc.record(
  {
    kind: fc.constantFrom(
      'group' as const,
      'policy' as const,
      'scheduled-action' as const,
      'listener' as const,
      'load-balancer' as const,
      'security-group' as const,
    ),
    name: named,
    id: named,
    of: named,
  },
  { requiredKeys: ['kind', 'name', 'id'] },
)
const teardown: fc.Arbitrary<PlannedTeardown> = fc
  .record({
    resources: fc.array(removed, { maxLength: 30 }),
    foreign: fc.array(removed, { maxLength: 12 }),
    kept: fc.array(fc.record({ id: named, name: named, snapshots: fc.nat(3) }), { maxLength: 12 }),
  })
  .map((plan) => plan as PlannedTeardown)

const taskNames: readonly TaskName[] = [
  'image',
  'network',
  'balancer',
  'template',
  'group',
  'fleet',
  'health',
  'finish',
  'return',
]

export const anyPlan: fc.Arbitrary<Plan> = fc
  .record(
    {
      service: named,
      version: hostile,
      before: hostile,
      strategy: fc.constantFrom(...strategies),
      image: fc.oneof(
        fc.record({ how: fc.constantFrom('use' as const, 'join' as const), id: hostile, name: hostile }),
        fc.record({
          how: fc.constant('bake' as const),
          name: hostile,
          description: hostile,
          source: hostile,
          reboot: fc.boolean(),
        }),
      ),
      template: fc.record({
        id: hostile,
        name: hostile,
        current: fc.nat(99),
        default: fc.nat(99),
        target: fc.oneof(
          fc.record({ how: fc.constant('new' as const), from: fc.nat(99) }),
          fc.record({ how: fc.constant('existing' as const), number: fc.nat(99) }),
        ),
      }),
      group: fc.record({
        name: hostile,
        pin,
        before: capacity,
        peak: fc.nat(999),
        after: capacity,
        minimum: fc.nat(99),
        targetGroups: fc.array(hostile, { maxLength: 3 }),
        suspended: fc.array(hostile, { maxLength: 9 }),
        terminationPolicies: fc.array(hostile, { maxLength: 3 }),
        outdated: fc.nat(999),
        standby: fc.nat(9),
        protected: fc.nat(9),
      }),
      prune: fc.record({
        versions: fc.array(
          fc.record({ templateId: fc.constant('lt-1'), templateName: hostile, number: fc.nat(99) }),
          { maxLength: 60 },
        ),
        images: fc.array(
          fc.record({
            id: fc.constantFrom('ami-1', 'ami-2'),
            name: hostile,
            createdAt: instant,
            operation: fc.constant('web-k7f3q'),
            snapshots: fc.array(fc.constantFrom('snap-1', 'snap-2'), { maxLength: 3 }),
          }),
          { maxLength: 50 },
        ),
        snapshots: fc.array(
          fc.record({ id: hostile, sizeGiB: fc.nat(99), operation: fc.constant('web-k7f3q') }),
          { maxLength: 50 },
        ),
        later: fc.nat(99),
        kept: fc.record({ used: fc.nat(99), newest: fc.nat(99), young: fc.nat(99) }),
      }),
      provision,
      teardown,
      schedule,
      follow,
      tasks: fc
        .subarray([...taskNames])
        .map((names) => names.map((name, index) => ({ name, expected: index * 60_000 }))),
      calls: fc.array(hostile, { maxLength: 20 }),
      warnings: fc.array(anyReason, { maxLength: 8 }),
      fingerprint: fc.string({ maxLength: 64 }),
    },
    { requiredKeys: ['service', 'version', 'tasks', 'calls', 'warnings', 'fingerprint'] },
  )
  .map((plan) => plan as Plan)

const request: fc.Arbitrary<Request> = fc.oneof(
  fc.record({ procedure: fc.constant('deploy' as const), service: named, version: named }),
  fc.record({
    procedure: fc.constant('bake' as const),
    service: named,
    version: named,
    reboot: fc.boolean(),
  }),
  fc.record(
    { procedure: fc.constant('roll' as const), service: named, templateVersion: fc.nat(99) },
    { requiredKeys: ['procedure', 'service'] },
  ),
  fc.record({ procedure: fc.constant('rollback' as const), service: named }),
  fc.record({ procedure: fc.constant('scale' as const), service: named, desired: fc.nat(99) }),
  fc.record(
    {
      procedure: fc.constant('schedule' as const),
      service: named,
      said: named,
      desired: fc.nat(99),
      name: named,
    },
    { requiredKeys: ['procedure', 'service', 'said', 'desired'] },
  ),
  fc.record(
    {
      procedure: fc.constant('update-image' as const),
      service: named,
      securityGroupsById: fc.constant(true as const),
    },
    { requiredKeys: ['procedure', 'service'] },
  ),
  fc.record({ procedure: fc.constant('prune' as const), service: named }),
  fc.record(
    { procedure: fc.constant('provision' as const), service: named, adopt: fc.constant(true as const) },
    { requiredKeys: ['procedure', 'service'] },
  ),
  fc.record(
    { procedure: fc.constant('teardown' as const), service: named, images: fc.constant(true as const) },
    { requiredKeys: ['procedure', 'service'] },
  ),
  fc.record({ procedure: fc.constant('unschedule' as const), service: named, event: named }),
  fc.record(
    {
      procedure: fc.constant('reschedule' as const),
      service: named,
      event: named,
      said: named,
      desired: fc.nat(99),
      name: named,
    },
    { requiredKeys: ['procedure', 'service', 'event'] },
  ),
  fc.record({
    procedure: fc.constant('monitor-event' as const),
    service: named,
    event: named,
    from: fc.constant(start),
  }),
  fc.record({ procedure: fc.constant('detect-drift' as const), service: named }),
  fc.record({ procedure: fc.constant('monitor-window' as const), service: named, operation: named }),
)

const keys = [
  'image/create',
  'image/available',
  'template/pin',
  'template/create version',
  'template/compare',
  'fleet/start refresh 1',
  'fleet/refresh 1',
  'fleet/replace 1',
  'fleet/replace 1 terminate',
  'fleet/stopped 1',
  'health/every instance',
  'finish/default',
  'finish/hand back',
  'return/fleet/return 2 terminate',
  'return/template/follow again',
  'fleet/something new 7',
  'images/deregister ami-1',
  'images/snapshot snap-1',
  'images/trouble',
  'versions/delete lt-1',
  'network/create balancer-security-group',
  'balancer/create load balancer',
  'group/fix group',
  'group/fix target groups Web-ASG',
  'group/fix tags Web-ASG',
  'group/drained Web-ASG',
  'balancer/take down listener Web-ALB:80',
  'network/let go of Web-ALB-SG',
  'group/take policy off Web-ASG cpu',
  'odd',
  'ready/report',
  'out/healthy',
  'out/healthy after all',
  'on/event 1',
  'in/back',
  'end/failures',
  'hold/1',
  'plan/f1n6e4',
]
const seen = fc.record({
  samples: fc.array(fc.tuple(fc.integer(), fc.nat(99), fc.nat(99), fc.option(fc.nat(99))), { maxLength: 72 }),
  gaps: fc.array(fc.tuple(fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 0, max: 9_000 })), {
    maxLength: 6,
  }),
})
const stretch = fc.record(
  {
    end: fc.constantFrom('on', 'late', 'in', 'gone', 'short', 'back'),
    moved: fc.boolean(),
    at: instant,
    last: instant,
    seen,
    why: fc.oneof(
      hostile,
      anyReason.map((why) => JSON.stringify(why)),
    ),
  },
  { requiredKeys: ['end', 'at', 'last', 'seen'] },
)
const readied = fc.record({
  end: fc.constantFrom('out', 'gone'),
  moved: fc.boolean(),
  report: fc.oneof(
    hostile,
    fc
      .record({
        at: instant,
        good: fc.record(
          { image: hostile, healthy: fc.nat(9), actions: fc.constant(true) },
          { requiredKeys: [] },
        ),
        bad: fc.array(fc.record({ reason: anyReason, mend: named }, { requiredKeys: ['reason'] }), {
          maxLength: 9,
        }),
        unknown: fc.array(anyReason, { maxLength: 9 }),
      })
      .map((report) => JSON.stringify(report)),
  ),
})
const step: fc.Arbitrary<StepRecord> = fc
  .record(
    {
      key: fc.constantFrom(...keys),
      order: fc.nat(50),
      state: fc.constantFrom('intended' as const, 'waiting' as const, 'done' as const, 'failed' as const),
      startedAt: instant,
      endedAt: instant,
      choice: fc.oneof(
        hostile,
        fc.constant(null),
        fc.record({ name: hostile, instance: hostile, desired: fc.nat(9), template: fc.record({ pin }) }),
      ),
      outcome: fc.oneof(
        hostile,
        fc.nat(99),
        fc.boolean(),
        fc.constant(null),
        fc.record({ did: fc.constantFrom('deleted', 'changed') }),
        fc.record({ did: fc.constant('kept'), uses: fc.constant([{ kind: 'running', count: 2 }]) }),
        stretch,
        readied,
        fc.record({ did: fc.constant('failed'), code: hostile, words: hostile }),
      ),
      failure: anyReason,
      progress: fc.record(
        { percent: fc.integer({ min: 0, max: 100 }), detail: hostile },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['key', 'order', 'state', 'startedAt'] },
  )
  .map((record) => record as StepRecord)

const signal: fc.Arbitrary<Signal> = fc.record({
  id: fc.uuid(),
  kind: fc.constantFrom<Signal['kind'][]>(
    'cancel',
    'approve',
    'decline',
    'confirm',
    'dismiss',
    'go back',
    'go on',
  ),
  by: person,
  at: instant,
})

const fleet: fc.Arbitrary<FleetSnapshot> = fc.record({
  group: hostile,
  at: instant,
  desired: fc.nat(500),
  cells: fc.array(
    fc.record(
      {
        id: fc.string(),
        version: fc.integer({ min: 1, max: 12 }),
        lifecycle: fc.constantFrom(
          'InService',
          'Pending:Wait',
          'Terminating',
          'Standby',
          'Warmed:Stopped',
          'Odd',
        ),
        health: fc.constantFrom('healthy', 'initial', 'unhealthy', 'unused', 'draining', 'unknown', 'odd'),
      },
      { requiredKeys: ['id', 'lifecycle', 'health'] },
    ),
    { maxLength: 150, size: 'max' },
  ),
}) as fc.Arbitrary<FleetSnapshot>

const ending: fc.Arbitrary<Ending> = fc
  .record(
    {
      kind: fc.constantFrom<Ending['kind'][]>(
        'succeeded',
        'rolled back',
        'failed clean',
        'needs attention',
        'refused',
        'cancelled',
      ),
      at: instant,
      reason: anyReason,
      left: fc.array(anyReason, { maxLength: 12 }),
    },
    { requiredKeys: ['kind', 'at', 'left'] },
  )
  .map((found) => found as Ending)

const phases: readonly Phase[] = [
  'planning',
  'confirming',
  'approving',
  'queued',
  'running',
  'held',
  'finishing',
  'returning',
  'ended',
]

/** Any operation, in any state, possible or not: a journal may hold what this version does not expect. */
export const anyOperation: fc.Arbitrary<Operation> = fc
  .record(
    {
      id: fc.constantFrom('web-k7f3q', 'shop-aaaaa'),
      request,
      requester: person,
      channel: fc.constant('ops'),
      why: hostile,
      createdAt: instant,
      phase: fc.constantFrom(...phases),
      startedAt: instant,
      plan: anyPlan,
      steps: fc.uniqueArray(step, { selector: (one) => one.key, maxLength: 17 }),
      signals: fc.array(signal, { maxLength: 12 }),
      fleet,
      ending,
      notes: fc.array(anyReason, { maxLength: 6 }),
      fence: fc.nat(),
      revision: fc.nat(),
    },
    {
      requiredKeys: [
        'id',
        'request',
        'requester',
        'channel',
        'createdAt',
        'phase',
        'steps',
        'signals',
        'notes',
        'fence',
        'revision',
      ],
    },
  )
  .map((operation) => operation as Operation)

export const anyLock: fc.Arbitrary<Lock> = fc
  .record(
    {
      kind: fc.constantFrom('lock' as const, 'freeze' as const),
      service: hostile,
      why: hostile,
      by: person,
      since: instant,
      until: instant,
      operation: hostile,
    },
    { requiredKeys: ['kind', 'service', 'why', 'by', 'since'] },
  )
  .map((lock) => lock as Lock)

const who = fc.record({
  everyone: fc.boolean(),
  names: fc.array(hostile, { maxLength: 5 }),
  users: fc.array(fc.constantFrom('U0ALICE', 'U0BOB', '<!here>'), { maxLength: 12 }),
  groups: fc.array(fc.constantFrom('S0OPS'), { maxLength: 3 }),
})
export const anyWait: fc.Arbitrary<Wait> = fc.oneof(
  fc.record({
    verdict: fc.constant('wait' as const),
    for: fc.constant('confirmation' as const),
    by: fc.constant('U0ALICE'),
    until: instant,
  }),
  fc.record({
    verdict: fc.constant('wait' as const),
    for: fc.constant('approval' as const),
    by: who,
    count: fc.integer({ min: 1, max: 5 }),
    given: fc.array(fc.constant('U0BOB'), { maxLength: 5 }),
    until: instant,
  }),
)

export const anyVoice: fc.Arbitrary<Locale> = fc.record({
  language: fc.constantFrom('en' as const, 'ko' as const),
  timezone: fc.constantFrom('Asia/Seoul', 'America/New_York', 'UTC', 'Nowhere/Atall'),
  now: instant,
})
