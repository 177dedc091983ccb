import { createAccounts } from '../../../src/adapters/aws/accounts'
import type { AwsCall } from '../../../src/adapters/aws/client/client'
import { minute } from '../../../src/domain/time/time'
import { createAws } from '../../../src/sandbox/aws'
import { seedFleet } from '../../../src/sandbox/aws/seed'
import { createJumpingClock } from '../../../src/sandbox/clock'
import { inProcess } from '../../support/in-process-aws'

const where = { region: 'ap-northeast-2' }
const watching = { maxAge: 3_000, quiescentAge: 30_000 }

const oneByOne = {
  minHealthy: 100,
  maxHealthy: 150,
  bake: minute,
  warmup: 30_000,
  autoRollback: false,
  skipMatching: true,
  standby: 'Ignore',
  scaleInProtected: 'Refresh',
} as const

/** The seed fleet, seen through the real SDK; time stands still until it is moved. */
function watched() {
  const world = createJumpingClock(Date.parse('2026-03-02T09:00:00Z'))
  const aws = createAws({ clock: world })
  seedFleet(aws)
  const told: AwsCall[] = []
  const clock = { now: () => world.now(), real: () => 0 }
  const accounts = createAccounts({ clock, clientConfig: inProcess(aws), onCall: (call) => told.push(call) })
  const account = accounts(where)
  /** Somebody else, of whom the observer hears nothing. */
  const byHand = createAccounts({ clock, clientConfig: inProcess(aws) })(where)
  const webTargets = async () => {
    const group = await account.groups.describe('Web-ASG', watching)
    return group?.targetGroups[0] ?? ''
  }
  /** How often AWS was asked since the count was last taken. */
  const count = (action: string) => {
    const calls = aws.calls().filter((call) => call.action === action).length
    const before = counted.get(action) ?? 0
    counted.set(action, calls)
    return calls - before
  }
  const counted = new Map<string, number>()
  return { aws, world, account, accounts, byHand, told, count, webTargets }
}

describe('the observer', () => {
  it('asks for the groups of all who wait in one call', async () => {
    const { account, count } = watched()
    const names = Array.from({ length: 98 }, (_, index) => `other-${index}`)
    const found = await Promise.all(
      [...names, 'Web-ASG', 'shop-blue'].map((name) => account.groups.describe(name)),
    )
    expect(found.filter((group) => group !== undefined).map(({ name }) => name)).toEqual([
      'Web-ASG',
      'shop-blue',
    ])
    expect(count('DescribeAutoScalingGroups')).toBe(1)
  })

  it("asks for one template's versions in one call, and for its default in another", async () => {
    const { account, count } = watched()
    const group = await account.groups.describe('Web-ASG')
    const id = group?.template?.id ?? ''
    const { templates } = account
    const found = await Promise.all([
      templates.version(id, 1),
      templates.version(id, '$Default'),
      templates.version(id, '$Latest'),
    ])
    expect(found.map((version) => version?.number)).toEqual([1, 1, 1])
    expect(count('DescribeLaunchTemplateVersions')).toBe(2)
  })

  it('asks for the traffic of all who watch in one call, and in so many as AWS takes queries for', async () => {
    const { account, aws, world, count, webTargets } = watched()
    const targetGroup = await webTargets()
    const [loadBalancer = ''] = await account.traffic.loadBalancers(targetGroup)
    aws.traffic.setCustomers('Web-ALB', { requestsPerSecond: 100, curve: 'flat' })
    world.advanceBy(80 * minute)
    const read = (percentiles: number) =>
      Promise.all(
        Array.from({ length: percentiles }, (_, index) =>
          account.metrics.traffic({ loadBalancer, targetGroup, percentile: 50 + index / 4 }, watching),
        ),
      )
    const told = await read(125)
    expect(count('GetMetricData')).toBe(1)
    for (const minutes of told) expect(minutes.length).toBeGreaterThan(70)
    await read(125)
    expect(count('GetMetricData')).toBe(0)
    world.advanceBy(minute)
    await read(126)
    expect(count('GetMetricData')).toBe(2)
  })

  it('keeps to one call however the looks of watchers are spread', async () => {
    const { account, world, count } = watched()
    const look = async () => {
      for (const name of ['Web-ASG', 'shop-blue', 'shop-green']) {
        await account.groups.describe(name, watching)
        world.advanceBy(500)
      }
    }
    await look()
    expect(count('DescribeAutoScalingGroups')).toBe(3)
    for (let round = 0; round < 5; round += 1) {
      world.advanceBy(5_000)
      await look()
      expect(count('DescribeAutoScalingGroups')).toBe(1)
    }
  })

  it('asks a decision’s question anew, each time', async () => {
    const { account, count, webTargets } = watched()
    const targets = await webTargets()
    for (let look = 1; look <= 3; look += 1) await account.traffic.health(targets)
    expect(count('DescribeTargetHealth')).toBe(3)
  })

  it('leaves healthy targets alone while their group holds still, but not for long', async () => {
    const { account, world, count, webTargets } = watched()
    const targets = await webTargets()
    expect(await account.traffic.health(targets, watching)).toHaveLength(2)
    expect(count('DescribeTargetHealth')).toBe(1)
    for (let seconds = 5; seconds <= 30; seconds += 5) {
      world.advanceBy(5_000)
      await account.traffic.health(targets, watching)
    }
    expect(count('DescribeTargetHealth')).toBe(0)
    world.advanceBy(5_000)
    await account.traffic.health(targets, watching)
    expect(count('DescribeTargetHealth')).toBe(1)
  })

  it('looks at targets at once when an instance leaves, and as long as any is not healthy', async () => {
    const { aws, account, byHand, world, count, webTargets } = watched()
    const targets = await webTargets()
    await account.traffic.health(targets, watching)
    count('DescribeTargetHealth')
    const [first] = (await account.groups.describe('Web-ASG', watching))?.instances ?? []
    await byHand.groups.terminate(first?.id ?? '', { decrement: false })
    world.advanceBy(5_000)
    const now = await account.traffic.health(targets, watching)
    expect(now.find(({ instance }) => instance === first?.id)?.state).not.toBe('healthy')
    expect(count('DescribeTargetHealth')).toBe(1)
    for (const target of aws.world.targetGroups.get(targets)?.targets.values() ?? [])
      target.state = 'unhealthy'
    world.advanceBy(31_000)
    for (let look = 1; look <= 3; look += 1) {
      world.advanceBy(5_000)
      expect((await account.traffic.health(targets, watching))[0]?.state).toBe('unhealthy')
    }
    expect(count('DescribeTargetHealth')).toBe(3)
  })

  it('looks at a refresh seldom while instances are left to replace, and is on time for its end', async () => {
    const { aws, account, world, count } = watched()
    const templateId = (await account.templates.idOf('Web')) ?? ''
    const [image] = await account.images.named('Web Server v1')
    const wanted = { templateId, from: 1, imageId: image?.id ?? '', description: 'again', token: 'again' }
    const { number: version } = await account.templates.createVersion(wanted)
    world.advanceBy(minute)
    await account.groups.startRefresh('Web-ASG', { ...oneByOne, templateId, version })
    let status: string | undefined
    let looks = 0
    while (status !== 'Successful' && looks < 500) {
      world.advanceBy(5_000)
      status = (await account.groups.refreshes('Web-ASG', watching))[0]?.status
      looks += 1
    }
    expect(status).toBe('Successful')
    const ended = aws.timeline().findLast(({ kind }) => kind === 'refresh')?.to ?? 0
    expect(world.now() - ended).toBeLessThanOrEqual(5_000)
    expect(count('DescribeInstanceRefreshes')).toBeLessThan(looks / 2)
  })

  it('forgets what it saw of a group when a change is made to it', async () => {
    const { account, count, webTargets } = watched()
    const targets = await webTargets()
    await account.traffic.health(targets, watching)
    await account.groups.update('Web-ASG', { max: 7 })
    count('DescribeAutoScalingGroups')
    count('DescribeTargetHealth')
    expect(await account.groups.describe('Web-ASG', watching)).toMatchObject({ max: 7 })
    await account.traffic.health(targets, watching)
    expect(count('DescribeAutoScalingGroups')).toBe(1)
    expect(count('DescribeTargetHealth')).toBe(1)
  })

  it('forgets it too when the answer to the change was lost', async () => {
    const { aws, account } = watched()
    await account.groups.describe('Web-ASG', watching)
    aws.setFault({ kind: 'error-after', action: 'UpdateAutoScalingGroup', times: 1 })
    await expect(account.groups.update('Web-ASG', { max: 7 })).rejects.toMatchObject({ kind: 'ambiguous' })
    expect(await account.groups.describe('Web-ASG', watching)).toMatchObject({ max: 7 })
  })

  it('bears with throttled reads, and never repeats a change', async () => {
    const { aws, account, count, told } = watched()
    aws.setFault({ kind: 'throttle', action: 'DescribeAutoScalingGroups', times: 2 })
    expect(await account.groups.describe('Web-ASG')).toMatchObject({ name: 'Web-ASG' })
    expect(count('DescribeAutoScalingGroups')).toBe(3)
    expect(told.map(({ outcome }) => outcome)).toEqual(['throttled', 'throttled', 'answered'])
    aws.setFault({ kind: 'throttle', action: 'SetDesiredCapacity', times: 1 })
    await expect(account.groups.setDesired('Web-ASG', 3)).rejects.toMatchObject({ kind: 'throttled' })
    expect(count('SetDesiredCapacity')).toBe(1)
    expect(await account.groups.describe('Web-ASG')).toMatchObject({ desired: 2 })
  })

  it('is one for each place, and counts the reads that it saved', async () => {
    const { accounts, account, told } = watched()
    expect(accounts({ region: where.region })).toBe(account)
    expect(accounts({ region: 'eu-west-1' })).not.toBe(account)
    await Promise.all([account.groups.describe('Web-ASG'), account.groups.describe('Web-ASG')])
    expect(told.map(({ outcome }) => outcome)).toEqual(['shared', 'answered'])
  })

  it('never asks AWS for an empty list, which would mean everything', async () => {
    const { aws, account } = watched()
    await account.images.byId([])
    await account.images.byId([''])
    await account.images.instances([])
    await account.images.instancesTagged({})
    await account.images.snapshotProgress([])
    await account.groups.describe('')
    await account.templates.idOf('')
    await account.groups.suspend('Web-ASG', [])
    await account.groups.protect('Web-ASG', [], true)
    expect(aws.calls()).toEqual([])
  })
})
