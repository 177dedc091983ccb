import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AutoScalingClient, UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import { buttons } from '../support/acceptance/buttons'
import { type ByHand, environmentFile, startByHand } from '../support/acceptance/by-hand'
import { groupOf, shapeOf } from '../support/acceptance/fleet'
import type { Person } from '../support/acceptance/person'
import { type Sandbox, startSandbox } from '../support/acceptance/sandbox'
import { eventually } from '../support/redis'

/** `web` wants an approval for each deploy, soon over for a bake; `blue` shows its plans first. */
const catalogue = `
defaults: { region: ap-northeast-2, timezone: Asia/Seoul, channel: ops }
services:
  web:
    group: Web-ASG
    image: { name: "Web Server {version}", from: { tag: { Name: ASG-Web-Instance } } }
    capacity: { min: 2, desired: 2, max: 4, cooldown: 30 }
  blue: { group: shop-blue, confirm: true }
people:
  operators: { users: [U0ALICE] }
  approvers: { users: [U0ALICE, U0BOB] }
rules:
  - { service: "*", action: [status, history], allow: everyone }
  - { service: web, action: deploy, allow: operators, approval: { by: approvers, expires: 1d } }
  - { service: web, action: bake, allow: operators, approval: { by: approvers, expires: 5m } }
  - { service: blue, action: scale, allow: operators }
`

let sandbox: Sandbox
let bot: ByHand
let alice: Person
let bob: Person
let mallory: Person

/** The simulators alone, and a bot of one's own that finds them by a \`.env\` file. */
beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_BOT: 'off', SANDBOX_SPEED: '200' })
  alice = sandbox.person('alice')
  bob = sandbox.person('bob')
  mallory = sandbox.person('mallory')
  const env = environmentFile(sandbox.state, { ROLLCALL_CONFIG: './rollcall.yaml', PORT: '0' })
  bot = await startByHand({ '.env': env, 'rollcall.yaml': catalogue })
  await eventually(async () => {
    const { ok, text } = await alice.types('/asg status web')
    return ok && text.includes('Web-ASG') ? true : undefined
  }, 60_000)
}, 120_000)
afterAll(async () => {
  await bot?.stop()
  await sandbox?.stop()
})

const changes = async (since: number) => (await sandbox.calls(since)).filter(({ mutating }) => mutating)

describe('a bot started by hand from a `.env`', () => {
  it('logs what it does, and none of its secrets', () => {
    const logged = bot
      .said()
      .split('\n')
      .filter((line) => line.startsWith('{'))
    expect(logged.map((line) => JSON.parse(line) as unknown)).toContainEqual(
      expect.objectContaining({ name: 'rollcall', role: 'all' }),
    )
    const secrets = Array.from(
      readFileSync(join(sandbox.state, 'bot.env'), 'utf8').matchAll(/^\w*(?:TOKEN|SECRET|KEY_ID)='(.+)'$/gm),
      ([, secret = '']) => secret,
    )
    expect(secrets.length).toBeGreaterThanOrEqual(3)
    for (const secret of secrets.filter((one) => one !== 'sandbox')) expect(bot.said()).not.toContain(secret)
  })
})

describe('a deploy that wants an approval', () => {
  const asked = async (version: string) => {
    const operation = await alice.starts(`/asg deploy web ${version}`)
    const message = await alice.reads(operation, /Waiting for approval: 0 of 1 so far/)
    return { operation, ...message }
  }

  it('calls the approvers, refuses its requester and strangers, and starts at an approver’s click', async () => {
    const since = await sandbox.lastCall()
    const { operation, ts, text, blocks } = await asked('v2')
    expect(text).toContain('Who may approve: <@U0ALICE>, <@U0BOB>, but not the requester')
    expect(buttons(blocks)).toEqual(['Approve', 'Decline', 'Cancel'])
    await bob.readsThread(operation, /✋ <@U0ALICE>, <@U0BOB>/)

    expect((await alice.clicks(ts, 'Approve')).text).toMatch(/^🚫 You requested .* yourself/)
    expect((await mallory.clicks(ts, 'Approve')).text).toMatch(/^🚫.*<@U0BOB>/s)
    expect((await mallory.types(`/asg approve ${operation}`)).text).toMatch(/^🚫/)
    expect(await changes(since)).toEqual([])

    expect((await bob.clicks(ts, 'Approve')).text).toContain(operation)
    const done = await alice.reads(operation, /^✅/)
    expect(done.text).toContain('`web` serves `v2`')
    expect(done.text).toContain('✓ <@U0BOB> approved')
  }, 90_000)

  it('that is declined is not run', async () => {
    const since = await sandbox.lastCall()
    const { operation, ts } = await asked('v3')
    await bob.clicks(ts, 'Decline')
    const { text, blocks } = await alice.reads(operation, /^🚫/)
    expect(text).toContain('<@U0BOB> declined')
    expect(buttons(blocks)).toEqual([])
    expect(await changes(since)).toEqual([])
  }, 60_000)

  it('that nobody answers is not run after its time', async () => {
    const since = await sandbox.lastCall()
    const operation = await alice.starts('/asg bake web v3')
    const { text } = await alice.reads(operation, /^🚫/)
    expect(text).toMatch(/0 of 1/)
    expect(await changes(since)).toEqual([])
  }, 60_000)

  it('whose plan changes meanwhile wants it anew: what was approved before does not count', async () => {
    const { operation, ts } = await asked('v3')
    const before = groupOf(await sandbox.fleet())
    await resize({ MaxSize: before.max + 1 })
    const since = await sandbox.lastCall()

    await bob.clicks(ts, 'Approve')
    const { text } = await alice.reads(operation, /The plan has changed/)
    expect(text).toContain('Waiting for approval: 0 of 1 so far')
    expect(text).toContain('○ <@U0BOB> approved an earlier plan; that no longer counts')
    expect(await changes(since)).toEqual([])
    await bob.readsThread(operation, /The plan has changed; what was said to the earlier one/)

    await bob.clicks(ts, 'Approve')
    const done = await alice.reads(operation, /^✅/)
    expect(done.text).toContain('✓ <@U0BOB> approved')
    expect(groupOf(await sandbox.fleet())).toMatchObject({ min: 2, desired: 2, max: 4 })
  }, 90_000)
})

describe('a service that shows its plans first', () => {
  it('runs nothing that its requester does not want now', async () => {
    const since = await sandbox.lastCall()
    const operation = await alice.starts('/asg scale blue 5')
    const { ts, blocks } = await alice.reads(operation, /^❓/)
    expect(buttons(blocks)).toEqual(['Run', 'Not now'])
    await alice.clicks(ts, 'Not now')
    expect((await alice.reads(operation, /^🚫/)).text).toContain('<@U0ALICE> chose not to run it')
    expect(await changes(since)).toEqual([])
  }, 60_000)

  it('runs what its requester confirms, and nobody else', async () => {
    const since = await sandbox.lastCall()
    const operation = await alice.starts('/asg scale blue 5')
    const { ts } = await alice.reads(operation, /^❓/)
    expect((await bob.clicks(ts, 'Run')).text).toMatch(/^🚫.*<@U0ALICE>/s)
    expect(await changes(since)).toEqual([])
    await alice.clicks(ts, 'Run')
    await alice.reads(operation, /^✅/)
    expect(groupOf(await sandbox.fleet(), 'shop-blue').desired).toBe(5)
  }, 60_000)
})

/** Somebody else's hands in the account. */
const resize = async (change: { readonly MaxSize: number }): Promise<void> => {
  const client = new AutoScalingClient({
    endpoint: sandbox.awsUrl,
    region: 'ap-northeast-2',
    credentials: { accessKeyId: sandbox.token, secretAccessKey: 'sandbox' },
  })
  await client.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'Web-ASG', ...change }))
  client.destroy()
}

const hasCli = (() => {
  try {
    execFileSync('aws', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    process.stderr.write('SKIPPED, no `aws` on this machine: the AWS CLI on the simulator\n')
    return false
  }
})()

/** What the AWS CLI answers, as its own JSON. */
const aws = async (...words: readonly string[]): Promise<unknown> => {
  const { stdout } = await promisify(execFile)('aws', [...words, '--output', 'json'], {
    env: {
      PATH: process.env['PATH'],
      HOME: sandbox.state,
      AWS_ENDPOINT_URL: sandbox.awsUrl,
      AWS_DEFAULT_REGION: 'ap-northeast-2',
      AWS_ACCESS_KEY_ID: sandbox.token,
      AWS_SECRET_ACCESS_KEY: 'sandbox',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  })
  return JSON.parse(stdout)
}

;(hasCli ? describe : describe.skip)('the AWS CLI on the simulator', () => {
  it('lists groups, images and the health of targets', async () => {
    const { desired, instances } = shapeOf(await sandbox.fleet())
    const groups = await aws(
      'autoscaling',
      'describe-auto-scaling-groups',
      '--auto-scaling-group-names',
      'Web-ASG',
    )
    expect(groups).toMatchObject({
      AutoScalingGroups: [
        {
          AutoScalingGroupName: 'Web-ASG',
          DesiredCapacity: desired,
          LaunchTemplate: { LaunchTemplateName: 'Web', Version: '$Default' },
          TargetGroupARNs: [expect.stringContaining(':targetgroup/Web-TG/')],
        },
      ],
    })
    const images = await aws(
      'ec2',
      'describe-images',
      '--owners',
      'self',
      '--filters',
      'Name=name,Values=Web Server *',
    )
    expect(images).toMatchObject({
      Images: expect.arrayContaining([expect.objectContaining({ Name: 'Web Server v1' })]),
    })

    const [arn] = (
      groups as { AutoScalingGroups: { TargetGroupARNs: string[] }[] }
    ).AutoScalingGroups.flatMap(({ TargetGroupARNs }) => TargetGroupARNs)
    const health = await aws('elbv2', 'describe-target-health', '--target-group-arn', arn ?? '')
    const { TargetHealthDescriptions: targets } = health as {
      TargetHealthDescriptions: { TargetHealth: { State: string } }[]
    }
    expect(targets.filter(({ TargetHealth }) => TargetHealth.State === 'healthy')).toHaveLength(
      instances.length,
    )
  }, 60_000)

  it('is told what is wrong in AWS’s own words', async () => {
    const wrong = aws(
      'autoscaling',
      'set-desired-capacity',
      '--auto-scaling-group-name',
      'Web-ASG',
      '--desired-capacity',
      '9',
    )
    await expect(wrong).rejects.toThrow(/ValidationError/)
  }, 60_000)
})
