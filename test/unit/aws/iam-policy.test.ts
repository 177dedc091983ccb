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
}

/** Every action that the adapters can send, by the commands that they import. */
function actionsUsed(): string[] {
  const used = new Set<string>()
  for (const file of readdirSync(adapters, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue
    const source = readFileSync(join(adapters, file), 'utf8')
    for (const [, names = '', client = ''] of source.matchAll(
      /import \{([^}]*)\} from '@aws-sdk\/([\w-]+)'/g,
    ))
      for (const [, action] of names.matchAll(/\b(\w+)Command\b/g)) used.add(`${prefixes[client]}:${action}`)
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

describe('the worker’s IAM policy', () => {
  const { Statement: statements } = policyOf('iam-policy.worker.json')

  it('grants what the adapters call, what AWS checks with it, and nothing more', () => {
    const granted = new Set(statements.flatMap(actionsOf))
    expect([...granted].sort()).toEqual([...actionsUsed(), ...implied].sort())
  })

  it('names every action in full, and limits all that changes anything by a condition', () => {
    for (const statement of statements) {
      expect(statement.Effect).toBe('Allow')
      expect(actionsOf(statement).filter((action) => action.includes('*'))).toEqual([])
      const reads = actionsOf(statement).every((action) =>
        /^\w+:(Describe|GetServiceQuota$|GetParameters$)/.test(action),
      )
      expect({ sid: statement.Sid, limited: reads || statement.Condition !== undefined }).toMatchObject({
        limited: true,
      })
    }
  })

  it('that lets it work elsewhere grants one role to assume', () => {
    const { Statement: elsewhere } = policyOf('iam-policy.assume-role.json')
    expect(elsewhere.flatMap(actionsOf)).toEqual(['sts:AssumeRole'])
  })
})
