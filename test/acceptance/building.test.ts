import { AutoScalingClient, UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2'
import {
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { FleetView } from '../../src/sandbox/protocol'
import { buttons } from '../support/acceptance/buttons'
import { healthyOf } from '../support/acceptance/fleet'
import type { Person } from '../support/acceptance/person'
import { type Sandbox, startSandbox } from '../support/acceptance/sandbox'
import { eventually } from '../support/redis'

let sandbox: Sandbox
let alice: Person

beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_SPEED: '300' })
  alice = sandbox.person('alice')
}, 120_000)
afterAll(() => sandbox?.stop())

/** Real milliseconds that a build, a deploy or a teardown may take on a busy machine. */
const patience = 120_000
const limit = 600_000

/** A client of AWS's for what people do by hand. */
const byHand = <Client>(client: new (config: object) => Client): Client =>
  new client({
    endpoint: sandbox.awsUrl,
    region: 'ap-northeast-2',
    credentials: { accessKeyId: sandbox.token, secretAccessKey: 'x' },
  })

/** Names of all that fleets are built of, whoever's. */
const built = ({ groups, targetGroups, loadBalancers, templates, securityGroups }: FleetView) =>
  [groups, targetGroups, loadBalancers, templates, securityGroups].map((all) =>
    all.map(({ name }) => name).toSorted(),
  )

/** Asks for something whose plan wants a yes, reads the plan and runs it. */
const confirms = async (line: string): Promise<{ readonly id: string; readonly plan: string }> => {
  const id = await alice.starts(line)
  const plan = await alice.reads(id, /^❓/)
  await alice.clicks(plan.ts, 'Run')
  return { id, plan: plan.text }
}
const builds = (service: string, options = '') => confirms(`/asg provision ${service}${options}`)

const takesDown = async (service: string): Promise<void> => {
  const id = await alice.starts(`/asg teardown ${service}`)
  const plan = await alice.reads(id, /^❓/)
  await alice.clicks(plan.ts, 'Take down…')
  await eventually(async () =>
    JSON.stringify((await alice.forms()).at(-1)?.view ?? '').includes('typed_name') ? true : undefined,
  )
  await alice.submits({ typed_name: service })
  await alice.reads(id, /^✅/, patience)
}

/** The message once it offers a button. */
const offers = (id: string, label: string) =>
  eventually(async () => {
    const message = await alice.message(id)
    return message && buttons(message.blocks).includes(label) ? message : undefined
  }, patience)

test(
  'course is built of the image of a server, deployed to, and taken down; its images stay',
  async () => {
    const before = built(await sandbox.fleet())
    const { id, plan } = await builds('course')
    expect(plan).toContain('In the default VPC (`vpc-')
    expect(plan).toMatch(
      /image `fastcampus-nginx v1`[\s\S]+listener[\s\S]+• \*make\* {2}target `i-[\s\S]+launch template/,
    )
    expect(plan).toContain('5.26 USD a month')
    await alice.reads(id, /\*Built\.\* `course` serves `v1`/, patience)
    // The group's one instance and the server that its image is made of.
    expect(healthyOf(await sandbox.fleet(), 'fastcampus-tg')).toBe(2)
    const deploy = await alice.starts('/asg deploy course v2')
    await alice.reads(deploy, /^✅/, patience)
    await takesDown('course')
    expect(built(await sandbox.fleet())).toEqual(before)
    const { images } = await sandbox.fleet()
    expect(images.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['fastcampus-nginx v1', 'fastcampus-nginx v2']),
    )
  },
  limit,
)

test(
  'a build that fails at the load balancer is kept, and a second try goes on from there; drift is mended; a live event holds a teardown back',
  async () => {
    const before = built(await sandbox.fleet())
    await sandbox.fault({
      kind: 'error-before',
      action: 'CreateLoadBalancer',
      code: 'TooManyLoadBalancers',
      status: 400,
    })
    const first = await builds('lab')
    const asked = await offers(first.id, 'Keep for a second try')
    expect(asked.text).toContain('AWS refused `CreateLoadBalancer` (`TooManyLoadBalancers`).')
    await alice.clicks(asked.ts, 'Keep for a second try')
    const kept = await alice.reads(first.id, /^❌/, patience)
    expect(kept.text).toMatch(/The security group `Lab-ALB-SG` \(`sg-\w+`\) is there/)
    await sandbox.heal()

    const second = await builds('lab')
    expect(second.plan).toMatch(/\*there already\* {2}security group `Lab-ALB-SG` · `sg-/)
    await alice.reads(second.id, /\*Built\.\* `lab` serves `v1`/, patience)

    const scaling = byHand(AutoScalingClient)
    await scaling.send(
      new UpdateAutoScalingGroupCommand({
        AutoScalingGroupName: 'Lab-ASG',
        MaxSize: 9,
        HealthCheckGracePeriod: 10,
      }),
    )
    const mended = await builds('lab')
    expect(mended.plan).toContain('`Lab-ASG` · max: 9 → 4 · grace period: 10 s → 300 s')
    await alice.reads(mended.id, /It is as rollcall\.yaml says now\.\* `lab` serves `v1`/, patience)
    expect((await sandbox.fleet()).groups.find(({ name }) => name === 'Lab-ASG')).toMatchObject({ max: 4 })
    const again = await alice.starts('/asg provision lab')
    await alice.reads(again, /Nothing is to do: the fleet of `lab` is built as rollcall\.yaml says/)

    const event = await alice.starts('/asg schedule lab tomorrow 20:00 1h desired=4')
    await alice.clicks((await alice.reads(event, /^❓/)).ts, 'Run')
    await alice.reads(event, /^✅/, patience)
    const since = await sandbox.lastCall()
    const held = await alice.starts('/asg teardown lab')
    const refused = await alice.reads(held, /^🚫/)
    expect(refused.text).toContain('Live events still count on `lab`')
    expect((await sandbox.calls(since)).filter(({ mutating }) => mutating)).toEqual([])
    const [, name = ''] = /`(lab-[a-z0-9-]+)`/.exec(refused.text.split('\n').slice(1).join('\n')) ?? []
    const off = await confirms(`/asg unschedule ${name}`)
    await alice.reads(off.id, /^✅/, patience)
    await takesDown('lab')
    expect(built(await sandbox.fleet())).toEqual(before)
  },
  limit,
)

test(
  'a build that is cancelled goes back to nothing new',
  async () => {
    const before = built(await sandbox.fleet())
    const since = await sandbox.lastCall()
    const { id } = await builds('lab')
    await sandbox.hears('CreateLoadBalancer', since)
    // However busy the machine is, the build is not over before the person has answered.
    await sandbox.control('POST', 'speed', { speed: 10 })
    await alice.types(`/asg cancel ${id}`)
    const asked = await offers(id, 'Go back')
    await alice.clicks(asked.ts, 'Go back')
    await sandbox.control('POST', 'speed', { speed: 300 })
    const { text } = await alice.reads(id, /cancelled it\./, patience)
    expect(text).not.toContain('Left as it is')
    expect(built(await sandbox.fleet())).toEqual(before)
  },
  limit,
)

test(
  'what bears a name and is nobody’s is refused with the way to take it over, and taken over with --adopt',
  async () => {
    const { Vpcs = [] } = await byHand(EC2Client).send(
      new DescribeVpcsCommand({ Filters: [{ Name: 'tag:Name', Values: ['VPC-Lab'] }] }),
    )
    await byHand(ElasticLoadBalancingV2Client).send(
      new CreateTargetGroupCommand({ Name: 'Lab-TG', Protocol: 'HTTP', Port: 80, VpcId: Vpcs[0]?.VpcId }),
    )
    const refused = await alice.reads(await alice.starts('/asg provision lab'), /^🚫/)
    expect(refused.text).toContain('`Lab-TG` bears a name of the blueprint and is not of `lab`.')
    expect(refused.text).toContain('provision lab --adopt')
    const adopted = await builds('lab', ' --adopt')
    expect(adopted.plan).toContain('*take over*  target group `Lab-TG`')
    await alice.reads(adopted.id, /\*Built\.\*/, patience)
    await takesDown('lab')
    expect((await sandbox.fleet()).targetGroups.map(({ name }) => name)).not.toContain('Lab-TG')
  },
  limit,
)
