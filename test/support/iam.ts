import type { PolicyDocument, Statement } from '../../src/policy/statements'
import type { CallRecord } from '../../src/sandbox/protocol'
import type { Aws } from '../../src/sandbox/aws'

/** One thing that AWS asks IAM before it carries out a call; a call may ask several, and all must be allowed. */
export interface Question {
  readonly action: string
  readonly resource: string
  /** What condition keys say; a key that is not here is absent from the request. */
  readonly context: Readonly<Record<string, string | readonly string[]>>
}

const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T])

/** IAM's wildcards: `*` for any characters, `?` for one. Letters' case counts in all but the names of actions. */
const like = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(text)

/** aws: IAM user guide, "Condition operators" and "Multivalued context keys". Operators that no policy of ours has are unknown. */
const holds = (
  operator: string,
  wanted: readonly string[],
  given: string | readonly string[] | undefined,
): boolean => {
  const values = given === undefined ? [] : listOf(given)
  const one = values[0]
  switch (operator) {
    case 'StringEquals':
      return one !== undefined && wanted.includes(one)
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
      return one !== undefined && wanted.some((pattern) => like(pattern, one))
    case 'Bool':
      return one !== undefined && wanted.includes(one)
    case 'Null':
      return wanted.includes(String(given === undefined))
    case 'ForAllValues:StringEquals':
      // True of no values at all.
      return values.every((value) => wanted.includes(value))
    default:
      throw new Error(`IAM's operator ${operator} is not known here`)
  }
}

const grants = (
  { Action, Resource, Condition = {} }: Statement,
  { action, resource, context }: Question,
): boolean =>
  listOf(Action).includes(action) &&
  listOf(Resource).some((pattern) => like(pattern, resource)) &&
  Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, listOf(wanted), context[key])),
  )

export const isAllowed = ({ Statement: statements }: PolicyDocument, question: Question): boolean =>
  statements.some((statement) => grants(statement, question))

const region = 'ap-northeast-2'
const account = '123456789012'
const prefixes: Readonly<Record<CallRecord['service'], string>> = {
  ec2: 'ec2',
  autoscaling: 'autoscaling',
  elasticloadbalancing: 'elasticloadbalancing',
  servicequotas: 'servicequotas',
  cloudwatch: 'cloudwatch',
  events: 'events',
  sqs: 'sqs',
  ssm: 'ssm',
}

/** The role of the instances of every template here. */
export const instanceRole = `arn:aws:iam::${account}:role/web-instance`

export const arnOf = {
  group: (name: string) =>
    `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:0a1b2c3d:autoScalingGroupName/${name}`,
  ec2: (kind: string, id: string) => `arn:aws:ec2:${region}:${account}:${kind}/${id}`,
  owned: (kind: string, id: string) => `arn:aws:ec2:${region}::${kind}/${id}`,
}

export const managed = { 'aws:ResourceTag/rollcall': 'managed' } as const
const here = { 'aws:RequestedRegion': region } as const

/** What AWS checks of whoever gives a group a template. */
export const launchQuestions = (template: string): readonly Question[] => {
  const by = { ...here, 'ec2:LaunchTemplate': arnOf.ec2('launch-template', template) }
  const named = { ...by, 'ec2:IsLaunchTemplateResource': 'true' }
  const other = { ...by, 'ec2:IsLaunchTemplateResource': 'false' }
  const run = (resource: string, context: Question['context']) => ({
    action: 'ec2:RunInstances',
    resource,
    context,
  })
  return [
    run(arnOf.ec2('launch-template', template), { ...other, ...managed }),
    run(arnOf.owned('image', 'ami-1'), named),
    run(arnOf.owned('snapshot', 'snap-1'), named),
    run(arnOf.ec2('key-pair', 'ops'), named),
    run(arnOf.ec2('security-group', 'sg-1'), other),
    run(arnOf.ec2('instance', '*'), other),
    run(arnOf.ec2('volume', '*'), other),
    run(arnOf.ec2('network-interface', '*'), other),
    run(arnOf.ec2('subnet', 'subnet-1'), other),
    {
      action: 'ec2:CreateTags',
      resource: arnOf.ec2('instance', '*'),
      context: { ...here, 'ec2:CreateAction': 'RunInstances' },
    },
    {
      action: 'iam:PassRole',
      resource: instanceRole,
      context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
    },
  ]
}

type Input = Readonly<Record<string, unknown>>
interface Tagged {
  readonly Key: string
  readonly Value?: string
  readonly ResourceId?: string
}

/**
 * What AWS asks IAM about a call (Service Authorization Reference: actions, resources and condition keys of EC2, EC2 Auto
 * Scaling and Elastic Load Balancing). Groups, templates, listeners and the instances that images are made of carry the tag
 * that docs/aws.md asks for; images and snapshots carry what `tagsOf` says.
 */
export const questionsOf = (
  { service, action, input: given, mutating }: CallRecord,
  { tagsOf, groupOf }: Seen,
): readonly Question[] => {
  const input = given as Input
  const name = `${prefixes[service]}:${action}`
  const ask = (resource: string, context: Question['context'] = managed): Question => ({
    action: name,
    resource,
    context: { ...here, ...context },
  })
  // A dry run asks for the same rights as the call itself.
  if (!mutating && input['DryRun'] !== true) return [ask('*', {})]
  if (service === 'autoscaling') return groupQuestions(input, ask, { action, groupOf })
  if (service === 'elasticloadbalancing') return [ask(text(input['ListenerArn'] ?? input['RuleArn']))]
  const owned = (kind: string, id: string) =>
    ask(
      arnOf.owned(kind, id),
      Object.fromEntries(Object.entries(tagsOf(id)).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    )
  if (action === 'DeregisterImage') return [owned('image', text(input['ImageId']))]
  if (action === 'DeleteSnapshot') return [owned('snapshot', text(input['SnapshotId']))]
  if (action === 'CreateImage') return bakeQuestions(input, ask)
  return [ask(arnOf.ec2('launch-template', text(input['LaunchTemplateId'] ?? input['LaunchTemplateName'])))]
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const groupQuestions = (
  input: Input,
  ask: (resource: string, context?: Question['context']) => Question,
  { action, groupOf }: { readonly action: string; readonly groupOf: Seen['groupOf'] },
): readonly Question[] => {
  const tags = input['Tags'] as readonly Tagged[] | undefined
  if (tags && action !== 'UpdateAutoScalingGroup')
    return tags.map(({ ResourceId = '' }) =>
      ask(arnOf.group(ResourceId), { ...managed, 'aws:TagKeys': tags.map(({ Key }) => Key) }),
    )
  // A call that names an instance alone is of that instance's group.
  const group = text(input['AutoScalingGroupName']) || groupOf(text(input['InstanceId']))
  const launches = JSON.stringify(input).includes('LaunchTemplate')
  return [ask(arnOf.group(group)), ...(launches ? launchQuestions('lt-1') : [])]
}

const bakeQuestions = (
  input: Input,
  ask: (resource: string, context?: Question['context']) => Question,
): readonly Question[] => {
  const specifications = (input['TagSpecifications'] ?? []) as readonly {
    readonly ResourceType: string
    readonly Tags: readonly Tagged[]
  }[]
  const made = ['image', 'snapshot'].map((kind) => {
    const tags = specifications.find(({ ResourceType }) => ResourceType === kind)?.Tags ?? []
    const context = Object.fromEntries(tags.map(({ Key, Value = '' }) => [`aws:RequestTag/${Key}`, Value]))
    return ask(arnOf.owned(kind, '*'), context)
  })
  const tagged = made.map(({ resource, context }) => ({
    action: 'ec2:CreateTags',
    resource,
    context: { ...context, 'ec2:CreateAction': 'CreateImage' },
  }))
  return [ask(arnOf.ec2('instance', text(input['InstanceId']))), ...made, ...tagged]
}

interface Seen {
  /** Tags of an image or a snapshot. */
  readonly tagsOf: (id: string) => Readonly<Record<string, string>>
  /** The group of an instance. */
  readonly groupOf: (instance: string) => string
}

/** Remembers what there was, for it may be gone when one asks. */
export const remember = (aws: Aws): Seen => {
  const tags = new Map<string, Readonly<Record<string, string>>>()
  const groups = new Map<string, string>()
  const look = () => {
    for (const kind of [aws.world.images, aws.world.snapshots])
      for (const item of kind.values()) tags.set(item.id, Object.fromEntries(item.tags))
    for (const { name, members } of aws.world.groups.values())
      for (const id of members.keys()) groups.set(id, name)
  }
  look()
  aws.onChange(look)
  return { tagsOf: (id) => tags.get(id) ?? {}, groupOf: (id) => groups.get(id) ?? '' }
}
