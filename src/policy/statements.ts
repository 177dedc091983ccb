/** A statement of an IAM policy. */
export interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export interface PolicyDocument {
  readonly Version: '2012-10-17'
  readonly Statement: readonly Statement[]
}

/** What a worker is to be given rights for, in one account. */
export interface Wanted {
  /** Twelve digits, or `*`. */
  readonly account: string
  /** Regions' names, or `*` alone. */
  readonly regions: readonly string[]
  /** Names of groups, wildcards allowed. */
  readonly groups: readonly string[]
  /** Whether a service has two colors: Standby, suspended processes, policies and tags of versions. */
  readonly colors: boolean
  /** Whether a service's colors shift by weight. */
  readonly weights: boolean
  /** Whether images are made. */
  readonly images: boolean
  /** Whether customers' traffic is checked, and whether alarms are looked at. */
  readonly metrics: boolean
  readonly alarms: boolean
  /** The tags of groups that a color's version is written into. */
  readonly versionTags: readonly string[]
  /** ARNs of the roles that the templates' instances have. */
  readonly roles: readonly string[]
  /** ARNs of the customer's keys that encrypt volumes and images. */
  readonly keys: readonly string[]
}

const managed = { 'aws:ResourceTag/rollcall': 'managed' } as const

/** Calls of every service: sizes, refreshes, schedules, and policies whose scale-ins are held meanwhile. */
const changesOfAll = [
  'autoscaling:CancelInstanceRefresh',
  'autoscaling:DeleteScheduledAction',
  'autoscaling:PutScalingPolicy',
  'autoscaling:PutScheduledUpdateGroupAction',
  'autoscaling:RollbackInstanceRefresh',
  'autoscaling:SetDesiredCapacity',
  'autoscaling:SetInstanceProtection',
  'autoscaling:StartInstanceRefresh',
  'autoscaling:TerminateInstanceInAutoScalingGroup',
  'autoscaling:UpdateAutoScalingGroup',
]
const changesOfColors = ['autoscaling:DeletePolicy', 'autoscaling:EnterStandby', 'autoscaling:ExitStandby']
/** Two colors hold alarms back, and so does a fleet that serves twice over while its customers are looked at. */
const changesOfProcesses = ['autoscaling:ResumeProcesses', 'autoscaling:SuspendProcesses']

const looks = [
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeInstanceRefreshes',
  'autoscaling:DescribeLaunchConfigurations',
  'autoscaling:DescribeLifecycleHooks',
  'autoscaling:DescribePolicies',
  'autoscaling:DescribeScalingActivities',
  'autoscaling:DescribeScheduledActions',
  'ec2:DescribeImageAttribute',
  'ec2:DescribeImages',
  'ec2:DescribeInstances',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeLaunchTemplates',
  'ec2:DescribeLaunchTemplateVersions',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSnapshots',
  'ec2:DescribeSubnets',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeLoadBalancerAttributes',
  'elasticloadbalancing:DescribeRules',
  'elasticloadbalancing:DescribeTargetGroupAttributes',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  'servicequotas:GetServiceQuota',
  'ssm:GetParameters',
]

/** What a worker calls, and what AWS checks along with it: no more. */
export const workerPolicy = (wanted: Wanted): PolicyDocument => {
  const arns = arnsOf(wanted)
  return {
    Version: '2012-10-17',
    Statement: [
      look(wanted),
      {
        Sid: 'ChangeGroupsTaggedForRollcall',
        Effect: 'Allow',
        Action: [
          ...changesOfAll,
          ...(wanted.colors ? changesOfColors : []),
          ...(wanted.colors || wanted.metrics || wanted.alarms ? changesOfProcesses : []),
        ].sort(),
        Resource: arns.groups,
        Condition: { StringEquals: managed },
      },
      ...(wanted.versionTags.length > 0 ? [tagVersions(wanted, arns.groups)] : []),
      {
        Sid: 'ChangeTemplatesTaggedForRollcall',
        Effect: 'Allow',
        Action: [
          'ec2:CreateLaunchTemplateVersion',
          'ec2:DeleteLaunchTemplateVersions',
          'ec2:ModifyLaunchTemplate',
        ],
        Resource: arns.ec2('launch-template'),
        Condition: { StringEquals: managed },
      },
      ...(wanted.weights ? [shareTraffic(arns.elb)] : []),
      ...(wanted.images ? bake(arns) : []),
      ...launch(arns),
      ...(wanted.roles.length > 0 ? [passRoles(wanted.roles)] : []),
      ...(wanted.keys.length > 0 ? [useKeys(wanted)] : []),
    ],
  }
}

const look = ({ regions, metrics, alarms }: Wanted): Statement => ({
  Sid: 'Look',
  Effect: 'Allow',
  Action: [
    ...looks,
    ...(alarms ? ['cloudwatch:DescribeAlarms'] : []),
    ...(metrics ? ['cloudwatch:GetMetricData'] : []),
  ].sort(),
  Resource: '*',
  ...(!regions.includes('*') && { Condition: { StringEquals: { 'aws:RequestedRegion': regions } } }),
})

/** The version of a color is a tag of its group; of no other tag is a word written or taken away. */
const tagVersions = ({ versionTags }: Wanted, groups: Statement['Resource']): Statement => ({
  Sid: 'TagVersionsOfGroupsTaggedForRollcall',
  Effect: 'Allow',
  Action: ['autoscaling:CreateOrUpdateTags', 'autoscaling:DeleteTags'],
  Resource: groups,
  Condition: { StringEquals: managed, 'ForAllValues:StringEquals': { 'aws:TagKeys': versionTags } },
})

const shareTraffic = (elb: Arns['elb']): Statement => ({
  Sid: 'WeighListenersTaggedForRollcall',
  Effect: 'Allow',
  Action: ['elasticloadbalancing:ModifyListener', 'elasticloadbalancing:ModifyRule'],
  Resource: [...elb('listener/app'), ...elb('listener-rule/app')],
  Condition: { StringEquals: managed },
})

const bake = ({ ec2, owned }: Arns): readonly Statement[] => {
  const made = [...owned('image'), ...owned('snapshot')]
  return [
    {
      Sid: 'BakeFromInstancesTaggedForRollcall',
      Effect: 'Allow',
      Action: 'ec2:CreateImage',
      Resource: ec2('instance'),
      Condition: { StringEquals: managed },
    },
    {
      Sid: 'BakeIntoImagesTaggedByOperation',
      Effect: 'Allow',
      Action: 'ec2:CreateImage',
      Resource: made,
      Condition: { Null: { 'aws:RequestTag/rollcall:operation': 'false' } },
    },
    {
      Sid: 'TagOnlyWhatIsBeingBaked',
      Effect: 'Allow',
      Action: 'ec2:CreateTags',
      Resource: made,
      Condition: { StringEquals: { 'ec2:CreateAction': 'CreateImage' } },
    },
    {
      Sid: 'DeleteOnlyWhatWasTaggedByOperation',
      Effect: 'Allow',
      Action: ['ec2:DeleteSnapshot', 'ec2:DeregisterImage'],
      Resource: made,
      Condition: { Null: { 'aws:ResourceTag/rollcall:operation': 'false' } },
    },
  ]
}

/**
 * Rollcall launches nothing. AWS checks of whoever gives a group another version of a template that he might (EC2 Auto
 * Scaling user guide, "Control Amazon EC2 launch template usage in Auto Scaling groups"): by tagged templates alone, with
 * the image that the template names (Amazon EC2 user guide, "Example: Work with launch templates"). Subnets come from the
 * group, and so may security groups from its VPC.
 */
const launch = ({ ec2, owned }: Arns): readonly Statement[] => {
  const byTemplate = { ArnLike: { 'ec2:LaunchTemplate': ec2('launch-template') } } as const
  return [
    {
      Sid: 'LaunchByTemplatesTaggedForRollcall',
      Effect: 'Allow',
      Action: 'ec2:RunInstances',
      Resource: ec2('launch-template'),
      Condition: { StringEquals: managed },
    },
    {
      Sid: 'LaunchWhatTheTemplateNames',
      Effect: 'Allow',
      Action: 'ec2:RunInstances',
      Resource: [...owned('image'), ...owned('snapshot'), ...ec2('key-pair'), ...ec2('placement-group')],
      Condition: { ...byTemplate, Bool: { 'ec2:IsLaunchTemplateResource': 'true' } },
    },
    {
      Sid: 'LaunchWhereTheGroupSays',
      Effect: 'Allow',
      Action: 'ec2:RunInstances',
      Resource: ['instance', 'network-interface', 'security-group', 'subnet', 'volume'].flatMap(ec2),
      Condition: byTemplate,
    },
    {
      Sid: 'TagAtLaunchAsGroupsAreChecked',
      Effect: 'Allow',
      Action: 'ec2:CreateTags',
      Resource: ['instance', 'network-interface', 'volume'].flatMap(ec2),
      Condition: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
    },
  ]
}

/** AWS checks this of whoever gives a group a template whose instances have a role. */
const passRoles = (roles: readonly string[]): Statement => ({
  Sid: 'PassTheInstancesRolesAndNoOthers',
  Effect: 'Allow',
  Action: 'iam:PassRole',
  Resource: roles,
  Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
})

/** aws: Amazon EBS user guide, "Amazon EBS encryption", permissions for users; by way of EC2 alone. */
const useKeys = ({ keys, regions }: Wanted): Statement => ({
  Sid: 'UseTheKeysOfImagesByWayOfEC2',
  Effect: 'Allow',
  Action: [
    'kms:CreateGrant',
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ],
  Resource: keys,
  Condition: { StringLike: { 'kms:ViaService': regions.map((region) => `ec2.${region}.amazonaws.com`) } },
})

interface Arns {
  readonly groups: readonly string[]
  readonly ec2: (kind: string) => readonly string[]
  /** Of kinds whose ARNs name no account. */
  readonly owned: (kind: string) => readonly string[]
  readonly elb: (kind: string) => readonly string[]
}

const arnsOf = ({ account, regions, groups }: Wanted): Arns => {
  const each = (arn: (region: string) => string) => regions.map(arn)
  return {
    groups: groups.flatMap((name) =>
      each(
        (region) =>
          `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${name}`,
      ),
    ),
    ec2: (kind) => each((region) => `arn:aws:ec2:${region}:${account}:${kind}/*`),
    owned: (kind) => each((region) => `arn:aws:ec2:${region}::${kind}/*`),
    elb: (kind) => each((region) => `arn:aws:elasticloadbalancing:${region}:${account}:${kind}/*`),
  }
}
