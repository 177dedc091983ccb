import { readFileSync } from 'node:fs'
import { documentsFor } from '../../src/policy/documents'
import { type PolicyDocument, type Statement, type Wanted, workerPolicy } from '../../src/policy/statements'
import { scenarios } from '../crash/scenarios'
import type { Scenario } from '../crash/scenario'
import {
  arnOf,
  instanceRole,
  isAllowed,
  launchQuestions,
  managed,
  type Question,
  questionsOf,
  remember,
} from '../support/iam'
import { simulate } from '../support/simulation'

/** Building has a policy of its own. */
const known = Object.values(scenarios)
  .flat()
  .filter(({ operation }) => !/provision|teardown/.test(operation.request.procedure))
/** One scenario a procedure, and those whose ways no other one goes: each right is needed by one of them. */
const ways = new Set([
  'deploy by weights',
  'swap by weights',
  'deploy by blue-green that fails',
  'deploy by refresh',
  'deploy by surge',
  'deploy by replace',
  'rollback of a refresh',
])
const byProcedure = new Map(known.map((scenario) => [scenario.operation.request.procedure, scenario]))
const chosen = new Map(
  [...byProcedure.values(), ...known.filter(({ name }) => ways.has(name))].map((one) => [one.name, one]),
)

const account = '123456789012'

/** What AWS asked IAM while a scenario ran to its end, in short: each question once. */
const asked = async ({ world, before, operation }: Scenario): Promise<readonly Question[]> => {
  const simulation = simulate(world)
  const seen = remember(simulation.aws)
  const questions = new Map<string, Question>()
  simulation.aws.onCall((call) => {
    // What a scenario does by hand is not the worker's.
    if (call.action === 'SetAlarmState' || JSON.stringify(call.input).includes('by hand')) return
    for (const question of questionsOf(call, seen)) questions.set(JSON.stringify(question), question)
  })
  await before?.(simulation)
  await simulation.start(operation)
  await simulation.untilEnded()
  return [...questions.values()]
}

const everything: Question[] = []

/** Version 2 never gets healthy: the refresh is rolled back. */
const sick: readonly Scenario[] = known
  .filter(({ name }) => name === 'deploy by refresh')
  .map((scenario) => ({
    ...scenario,
    name: 'deploy by refresh that fails',
    world: {
      ...scenario.world,
      prepare: (aws, clock) => {
        scenario.world.prepare?.(aws, clock)
        aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' })
      },
    },
  }))
for (const scenario of sick) chosen.set(scenario.name, scenario)

/** Rights that no way here needs, and what does. Who takes a call out of the code takes its right away as well (test/unit/aws). */
const neededElsewhere: Readonly<Record<string, string>> = {
  'autoscaling:CancelInstanceRefresh': 'a refresh that AWS cannot roll back',
  'autoscaling:DeleteTags': 'the way back of a color that carried no version before',
  'autoscaling:SetDesiredCapacity': 'sizes of the catalogue, once a cooldown is over',
}

describe.each([...chosen])('the policy that is printed for the scenario %s', (_name, scenario) => {
  test('allows all that AWS asks about', async () => {
    const documents = documentsFor(scenario.world.catalogue, { account, roles: [instanceRole], keys: [] })
    const questions = await asked(scenario)
    everything.push(...questions)
    const worker = documents['worker'] ?? { Version: '2012-10-17', Statement: [] }
    expect(questions.filter((question) => !isAllowed(worker, question))).toEqual([])
    expect(questions.length).toBeGreaterThan(0)
  })
})

const role = instanceRole
const wanted: Wanted = {
  account: '*',
  regions: ['*'],
  groups: ['*'],
  colors: true,
  weights: true,
  images: true,
  metrics: true,
  alarms: true,
  versionTags: ['docker:image:version'],
  roles: [role],
  keys: [],
}
const whole = workerPolicy(wanted)
const actionsOf = ({ Action }: Statement) => (typeof Action === 'string' ? [Action] : Action)
const isRead = (action: string) => /:(Describe|Get)/.test(action)

/** A policy without one action. */
const without = (action: string): PolicyDocument => ({
  ...whole,
  Statement: whole.Statement.map((statement) => ({
    ...statement,
    Action: actionsOf(statement).filter((one) => one !== action),
  })),
})

/** What the whole policy allows and this one does not. */
const neededBy = (less: PolicyDocument) => (question: Question) =>
  isAllowed(whole, question) && !isAllowed(less, question)

describe('the policy for every service', () => {
  test('is the one that lies in deploy/', () => {
    expect(JSON.parse(readFileSync('deploy/iam-policy.worker.json', 'utf8'))).toEqual(whole)
  })

  // What no procedure of these asks about would be a right too many.
  const changes = [...new Set(whole.Statement.flatMap(actionsOf))].filter(
    (action) => !isRead(action) && neededElsewhere[action] === undefined,
  )
  test.each(changes)('needs %s', (action) => {
    expect(everything.some(neededBy(without(action)))).toBe(true)
  })

  test.each(whole.Statement.map(({ Sid }) => Sid))('needs the statement %s', (sid) => {
    const less = { ...whole, Statement: whole.Statement.filter(({ Sid }) => Sid !== sid) }
    expect(everything.some(neededBy(less))).toBe(true)
  })

  const admin = 'arn:aws:iam::123456789012:role/admin'
  const toEc2 = { 'iam:PassedToService': 'ec2.amazonaws.com' }
  const launch = (patch: (question: Question) => Question) => launchQuestions('lt-1').map(patch)
  const drop = (key: string) => (question: Question) => {
    const { [key]: _, ...context } = question.context
    return { ...question, context }
  }
  const group = (action: string, context: Question['context']): Question => ({
    action: `autoscaling:${action}`,
    resource: arnOf.group('Web-ASG'),
    context,
  })
  const keys = (...names: string[]) => ({ ...managed, 'aws:TagKeys': names })

  test.each<[string, readonly Question[]]>([
    ['to launch without a template', launch(drop('ec2:LaunchTemplate'))],
    ['to launch by a template that is not tagged', launch(drop('aws:ResourceTag/rollcall'))],
    [
      'to launch another image than the template’s',
      launch((question) => ({
        ...question,
        context: { ...question.context, 'ec2:IsLaunchTemplateResource': 'false' },
      })),
    ],
    ['to pass another role', [{ action: 'iam:PassRole', resource: admin, context: toEc2 }]],
    [
      'to pass the role to another service',
      [
        {
          action: 'iam:PassRole',
          resource: role,
          context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
        },
      ],
    ],
    ['to take the tag away that lets it', [group('DeleteTags', keys('rollcall'))]],
    ['to put that tag on', [group('CreateOrUpdateTags', keys('docker:image:version', 'rollcall'))]],
    ['to change a group that is not tagged', [group('UpdateAutoScalingGroup', {})]],
    ['to delete a group', [group('DeleteAutoScalingGroup', managed)]],
    [
      'to bake without the tags',
      [{ action: 'ec2:CreateImage', resource: arnOf.owned('image', '*'), context: {} }],
    ],
    [
      'to delete another one’s snapshot',
      [{ action: 'ec2:DeleteSnapshot', resource: arnOf.owned('snapshot', 'snap-1'), context: managed }],
    ],
    [
      'to tag what is there already',
      [
        {
          action: 'ec2:CreateTags',
          resource: arnOf.ec2('launch-template', 'lt-1'),
          context: keys('rollcall'),
        },
      ],
    ],
  ])('does not suffice %s', (_what, questions) => {
    expect(questions.every((question) => isAllowed(whole, question))).toBe(false)
  })
})

test('the policy for a catalogue names its groups, regions, roles and keys, and nothing beside', () => {
  const first = byProcedure.get('roll')
  if (!first) throw new Error('no scenario')
  const key = 'arn:aws:kms:ap-northeast-2:123456789012:key/0a1b2c3d'
  const { worker } = documentsFor(first.world.catalogue, { account, roles: [], keys: [key] })
  if (!worker) throw new Error('no document')
  const change = { action: 'autoscaling:UpdateAutoScalingGroup', context: managed }
  expect(isAllowed(worker, { ...change, resource: arnOf.group('Web-ASG') })).toBe(true)
  expect(isAllowed(worker, { ...change, resource: arnOf.group('Another-ASG') })).toBe(false)
  const far = { 'aws:RequestedRegion': 'us-east-1' }
  expect(isAllowed(worker, { action: 'ec2:DescribeImages', resource: '*', context: far })).toBe(false)
  const use = { action: 'kms:Decrypt', resource: key }
  const byEc2 = { 'kms:ViaService': 'ec2.ap-northeast-2.amazonaws.com' }
  expect(isAllowed(worker, { ...use, context: byEc2 })).toBe(true)
  expect(isAllowed(worker, { ...use, context: {} })).toBe(false)
  expect(worker.Statement.flatMap(actionsOf)).not.toContain('iam:PassRole')
})

test('what is told to a bus of EventBridge has a document of its own, for Rollcall’s events on that bus alone', () => {
  const first = byProcedure.get('roll')
  if (!first) throw new Error('no scenario')
  const bus = 'arn:aws:events:ap-northeast-2:123456789012:event-bus/ops'
  const { events } = documentsFor(first.world.catalogue, { account, roles: [], keys: [], bus })
  if (!events) throw new Error('no document')
  const put = (resource: string, source: string): Question => ({
    action: 'events:PutEvents',
    resource,
    context: { 'events:source': source },
  })
  expect(isAllowed(events, put(bus, 'rollcall'))).toBe(true)
  expect(isAllowed(events, put(bus, 'another'))).toBe(false)
  expect(isAllowed(events, put(bus.replace('ops', 'default'), 'rollcall'))).toBe(false)
  expect(documentsFor(first.world.catalogue, { account, roles: [], keys: [] })).not.toHaveProperty('events')
})

test('the archive of the record has a document of its own: to put and to read, and never to delete', () => {
  const first = byProcedure.get('roll')
  if (!first) throw new Error('no scenario')
  const { record } = documentsFor(first.world.catalogue, { account, roles: [], keys: [], bucket: 'acme' })
  if (!record) throw new Error('no document')
  const object = (action: string, resource: string): Question => ({ action, resource, context: {} })
  for (const action of ['s3:PutObject', 's3:PutObjectRetention', 's3:GetObject'])
    expect(isAllowed(record, object(action, 'arn:aws:s3:::acme/lines/2026/11/29/000000000001.jsonl'))).toBe(
      true,
    )
  for (const action of ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'])
    expect(isAllowed(record, object(action, 'arn:aws:s3:::acme/lines/2026/11/29/000000000001.jsonl'))).toBe(
      false,
    )
  expect(isAllowed(record, object('s3:PutObject', 'arn:aws:s3:::acme/other'))).toBe(false)
})
