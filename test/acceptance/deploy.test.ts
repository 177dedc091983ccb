import { groupOf, healthyOf, instancesOf, watchFleet } from '../support/acceptance/fleet'
import { type Sandbox, startSandbox } from '../support/acceptance/sandbox'
import { buttons } from '../support/acceptance/buttons'
import { eventually } from '../support/redis'

/** The runbook S1 from its first line to its last figure, by both ways in which Slack reaches the bot. */
describe.each([
  ['socket', 60],
  ['http', 120],
])('`/asg deploy web v2`, with Slack by %s', (mode, speed) => {
  let sandbox: Sandbox

  beforeAll(async () => {
    sandbox = await startSandbox({ SANDBOX_MODE: mode, SANDBOX_SPEED: String(speed) })
  }, 120_000)
  afterAll(() => sandbox.stop())

  it('bakes the image, replaces the fleet with no request lost, and says so', async () => {
    const alice = sandbox.person('alice')
    const old = groupOf(await sandbox.fleet()).instances
    const watch = watchFleet(sandbox)

    const { operation = '' } = await alice.types('/asg deploy web v2')
    const done = await alice.reads(operation, /^✅/)
    const watched = await watch.stop()

    expect(done.text).toContain('*Done.* `web` serves `v2`.')
    expect(buttons(done.blocks)).toEqual(['Roll back to v1', 'Details'])
    await alice.readsThread(operation, /Every instance is healthy on the new version/)
    expect(watched.looks).toBeGreaterThan(50)
    expect(watched.fewest).toBeGreaterThanOrEqual(2)

    const fleet = await eventually(async () => {
      const now = await sandbox.fleet()
      const left = now.instances.filter(({ id, state }) => old.includes(id) && state !== 'terminated')
      return left.length === 0 ? now : undefined
    }, 30_000)
    expect(groupOf(fleet)).toMatchObject({
      desired: 2,
      min: 2,
      max: 4,
      cooldown: 30,
      templatePin: '$Default',
    })
    expect(fleet.templates.find(({ name }) => name === 'Web')).toMatchObject({ default: 2, latest: 2 })
    const renewed = { templateVersion: 2, imageName: 'Web Server v2', lifecycle: 'InService' }
    expect(instancesOf(fleet)).toMatchObject([renewed, renewed])
    expect(healthyOf(fleet)).toBe(2)
    expect(fleet.images.find(({ name }) => name === 'Web Server v2')).toMatchObject({
      state: 'available',
      tags: { 'rollcall:operation': operation, 'rollcall:service': 'web', 'rollcall:version': 'v2' },
    })
  }, 90_000)

  it('made each thing once, and described it', async () => {
    const calls = (await sandbox.calls()).filter(({ mutating }) => mutating)
    expect(calls.map(({ action }) => action)).toEqual([
      'CreateImage',
      'UpdateAutoScalingGroup',
      'CreateLaunchTemplateVersion',
      // The policy that would take instances away meanwhile is told not to, and given back.
      'PutScalingPolicy',
      // Whoever scales in meanwhile takes the newest.
      'UpdateAutoScalingGroup',
      'StartInstanceRefresh',
      'PutScalingPolicy',
      'ModifyLaunchTemplate',
      'UpdateAutoScalingGroup',
    ])
    expect(calls[0]?.input).toMatchObject({
      Name: 'Web Server v2',
      NoReboot: true,
      Description: 'LAMP web server AMI with RDS connection config',
    })
    expect(calls[2]?.input).toMatchObject({ VersionDescription: expect.stringContaining('v2') })
  })
})
