import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Statement {
  readonly Sid: string
  readonly Effect: string
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: object
}

const root = join(__dirname, '../../..')
const adapters = join(root, 'src/adapters/aws')

const prefixes: Readonly<Record<string, string>> = {
  'client-ec2': 'ec2',
  'client-auto-scaling': 'autoscaling',
  'client-elastic-load-balancing-v2': 'elasticloadbalancing',
  'client-service-quotas': 'servicequotas',
  'client-cloudwatch': 'cloudwatch',
  'client-sqs': 'sqs',
  'client-eventbridge': 'events',
  'client-s3': 's3',
}

/** Actions that are granted under another name. */
const rights: Readonly<Record<string, string>> = { DeleteMessageBatch: 'DeleteMessage' }

/** Adapters that only a queue of events needs. */
const events = /events\/[\w-]+\.ts$/
/** The adapter that only the archive of the record needs. */
const archive = /record-archive\.ts$/
/** Adapters that only building and removing a fleet call. */
const building =
  /(networks|template-creation|target-groups|load-balancers|listeners|elb-tags|group-lifecycle|tagging)\.ts$/

/** Every action that these adapters can send, by the commands that they import. */
function actionsUsed(among: (file: string) => boolean = () => true): string[] {
  const used = new Set<string>()
  for (const file of readdirSync(adapters, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || !among(file)) continue
    const source = readFileSync(join(adapters, file), 'utf8')
    for (const [, names = '', client = ''] of source.matchAll(
      /import \{([^}]*)\} from '@aws-sdk\/([\w-]+)'/g,
    ))
      for (const [, action = ''] of names.matchAll(/\b(\w+)Command\b/g))
        used.add(`${prefixes[client]}:${rights[action] ?? action}`)
  }
  return [...used]
}

/**
 * What AWS checks of the caller beside the call itself: CreateImage with tags needs CreateTags; a group that is given a
 * template needs the right to launch, to tag at launch and to pass the instance role (EC2 Auto Scaling user guide,
 * Control Amazon EC2 launch template usage in Auto Scaling groups); a template's parameter is read with the caller's rights.
 */
const implied = ['ec2:CreateTags', 'ec2:RunInstances', 'iam:PassRole', 'ssm:GetParameters']

const policyOf = (name: string) =>
  JSON.parse(readFileSync(join(root, 'deploy', name), 'utf8')) as { Statement: readonly Statement[] }
const actionsOf = ({ Action }: Statement) => (typeof Action === 'string' ? [Action] : Action)

describe('the worker’s IAM policies', () => {
  const { Statement: worker } = policyOf('iam-policy.worker.json')
  const { Statement: provision } = policyOf('iam-policy.provision.json')
  const { Statement: queue } = policyOf('iam-policy.events.json')
  const granted = (statements: readonly Statement[]) => new Set(statements.flatMap(actionsOf))

  it('grant together what the adapters call, what AWS checks with it, and nothing more', () => {
    const needed = new Set([
      ...actionsUsed((file) => !archive.test(file)),
      ...implied,
      'iam:CreateServiceLinkedRole',
    ])
    expect([...granted([...worker, ...provision, ...queue])].sort()).toEqual([...needed].sort())
  })

  it('ask for the second one only where fleets are built and removed', () => {
    const added = [...granted(provision)].filter((action) => !granted(worker).has(action))
    const elsewhere = new Set(
      actionsUsed(
        (file) =>
          !building.test(file) &&
          !events.test(file) &&
          !archive.test(file) &&
          !file.endsWith('security-groups.ts'),
      ),
    )
    expect(added.filter((action) => elsewhere.has(action))).toEqual([])
    const needed = [...elsewhere, ...implied, 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets']
    expect([...granted(worker)].sort()).toEqual([...new Set(needed)].sort())
  })

  it.each([...worker, ...provision])(
    'names every action in full, and limits what changes anything by a condition: $Sid',
    (statement) => {
      expect(statement.Effect).toBe('Allow')
      expect(actionsOf(statement).filter((action) => action.includes('*'))).toEqual([])
      const reads = actionsOf(statement).every((action) =>
        /^\w+:(Describe|GetServiceQuota$|GetParameters$|GetMetricData$)/.test(action),
      )
      expect(reads || statement.Condition !== undefined).toBe(true)
    },
  )

  it('let nothing be made that is not tagged in the same call, and nothing be deleted that is not Rollcall’s', () => {
    for (const statement of provision) {
      const condition = JSON.stringify(statement.Condition ?? {})
      for (const action of actionsOf(statement)) {
        if (/:Create(AutoScalingGroup|LaunchTemplate|LoadBalancer|TargetGroup)$/.test(action))
          expect({ action, condition }).toMatchObject({
            condition: expect.stringContaining('"aws:RequestTag/rollcall:service":"false"'),
          })
        if (/:(Delete|Revoke|Remove)/.test(action))
          expect({ action, condition }).toMatchObject({
            condition: expect.stringContaining('"aws:ResourceTag/rollcall":"managed"'),
          })
      }
    }
  })

  it('for a queue of events grants that queue alone, and no event but Rollcall’s own', () => {
    expect([...granted(queue)].sort()).toEqual(actionsUsed((file) => events.test(file)).sort())
    expect(queue.flatMap(({ Resource }) => Resource).filter((arn) => arn.endsWith('*'))).toEqual([])
    const put = queue.find((statement) => actionsOf(statement).includes('events:PutEvents'))
    expect(put?.Condition).toEqual({ StringEquals: { 'events:source': 'rollcall' } })
  })

  it('that lets it work elsewhere grants one role to assume', () => {
    const { Statement: elsewhere } = policyOf('iam-policy.assume-role.json')
    expect(elsewhere.flatMap(actionsOf)).toEqual(['sts:AssumeRole'])
  })
})
