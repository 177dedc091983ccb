import type { CallRecord } from '../../src/sandbox/protocol'
import type { Aws } from '../../src/sandbox/aws'
import { arnOf, launchQuestions, type Question } from './iam'

type Input = Readonly<Record<string, unknown>>
type Tags = Readonly<Record<string, string>>
interface Tag {
  readonly Key: string
  readonly Value?: string
}

const region = 'ap-northeast-2'
const elb = (rest: string) => `arn:aws:elasticloadbalancing:${region}:123456789012:${rest}`
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const tagsIn = (list: unknown): Tags =>
  Object.fromEntries(((list ?? []) as readonly Tag[]).map(({ Key, Value = '' }) => [Key, Value]))
const prefixed = (prefix: string, tags: Tags) =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]))
/** A resource that is there, by the tags on it. */
const on = (tags: Tags) => prefixed('aws:ResourceTag', tags)
/** What a request puts on something. */
const given = (tags: Tags) => ({ ...prefixed('aws:RequestTag', tags), 'aws:TagKeys': Object.keys(tags) })

/** Remembers the tags of what fleets are built of, by id, ARN or a group's name: they may be gone when one asks. */
export const rememberTags = (aws: Aws): ((id: string) => Tags) => {
  const known = new Map<string, Tags>()
  const look = () => {
    const { world } = aws
    for (const kind of [
      world.securityGroups,
      world.loadBalancers,
      world.targetGroups,
      world.listeners,
      world.templates,
    ])
      for (const [id, { tags }] of kind) known.set(id, Object.fromEntries(tags))
    for (const { name, id } of world.templates.values()) known.set(name, known.get(id) ?? {})
    for (const { name, tags } of world.groups.values())
      known.set(name, Object.fromEntries([...tags].map(([key, { value }]) => [key, value])))
  }
  look()
  aws.onChange(look)
  return (id) => known.get(id) ?? {}
}

/**
 * What AWS asks IAM about a call that builds, changes or removes a part of a fleet (Service Authorization Reference of EC2,
 * EC2 Auto Scaling and Elastic Load Balancing): its resources, with the tags that are on them and those that it gives.
 */
export const buildingQuestions = (
  { service, action, input: asked }: CallRecord,
  tagsOf: (id: string) => Tags,
): readonly Question[] => {
  const input = asked as Input
  const ask = (resource: string, context: Question['context'], name = action): Question => ({
    action: `${service}:${name}`,
    resource,
    context: { 'aws:RequestedRegion': region, ...context },
  })
  /** A resource that is made with tags: its call, and the tagging that goes with it. */
  const made = (resource: string, tags: Tags, tagging: string) => [
    ask(resource, given(tags)),
    ask(resource, { ...given(tags), [`${service}:CreateAction`]: action }, tagging),
  ]
  const specified = tagsIn(
    (input['TagSpecifications'] as readonly { readonly Tags: unknown }[] | undefined)?.[0]?.Tags,
  )
  const tags = tagsIn(input['Tags'])
  /** Without what this call has put on it: AWS asks before. */
  const before = (id: string): Tags =>
    Object.fromEntries(Object.entries(tagsOf(id)).filter(([key]) => !(key in tags)))
  const existing = (id: string, resource = id) => ask(resource, on(tagsOf(id)))
  switch (action) {
    case 'CreateSecurityGroup':
      return [
        // docs/provision.md: the VPC carries the tag.
        ask(arnOf.ec2('vpc', text(input['VpcId'])), on({ rollcall: 'managed' })),
        ...made(arnOf.ec2('security-group', '*'), specified, 'CreateTags'),
      ]
    case 'CreateLaunchTemplate':
      return made(arnOf.ec2('launch-template', '*'), specified, 'CreateTags')
    case 'AuthorizeSecurityGroupIngress':
    case 'RevokeSecurityGroupIngress':
    case 'DeleteSecurityGroup':
      return [existing(text(input['GroupId']), arnOf.ec2('security-group', text(input['GroupId'])))]
    case 'CreateLaunchTemplateVersion':
    case 'ModifyLaunchTemplate':
    case 'DeleteLaunchTemplate': {
      const id = text(input['LaunchTemplateId'] ?? input['LaunchTemplateName'])
      return [existing(id, arnOf.ec2('launch-template', id))]
    }
    case 'CreateTags': {
      const [id = ''] = input['Resources'] as readonly string[]
      const kind = id.startsWith('lt-') ? 'launch-template' : 'security-group'
      return [ask(arnOf.ec2(kind, id), { ...on(before(id)), ...given(tags) })]
    }
    case 'CreateLoadBalancer':
      return made(elb(`loadbalancer/app/${text(input['Name'])}/*`), tags, 'AddTags')
    case 'CreateTargetGroup':
      return made(elb(`targetgroup/${text(input['Name'])}/*`), tags, 'AddTags')
    case 'CreateListener': {
      const balancer = text(input['LoadBalancerArn'])
      const listener = balancer.replace(':loadbalancer/', ':listener/')
      return [
        ask(balancer, { ...on(tagsOf(balancer)), ...given(tags) }),
        ask(`${listener}/*`, { ...given(tags), 'elasticloadbalancing:CreateAction': action }, 'AddTags'),
      ]
    }
    case 'AddTags': {
      const [arn = ''] = input['ResourceArns'] as readonly string[]
      return [ask(arn, { ...on(before(arn)), ...given(tags) })]
    }
    case 'CreateAutoScalingGroup':
      return [ask(arnOf.group(text(input['AutoScalingGroupName'])), given(tags)), ...launchQuestions('lt-1')]
    case 'CreateOrUpdateTags': {
      const [{ ResourceId: group }] = input['Tags'] as [{ readonly ResourceId: string }]
      return [ask(arnOf.group(group), { ...on(before(group)), ...given(tags) })]
    }
    default: {
      if (service === 'autoscaling') {
        const group = text(input['AutoScalingGroupName'])
        return [existing(group, arnOf.group(group))]
      }
      return [existing(text(input['ListenerArn'] ?? input['TargetGroupArn'] ?? input['LoadBalancerArn']))]
    }
  }
}
