import {
  CancelInstanceRefreshCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  RollbackInstanceRefreshCommand,
  StartInstanceRefreshCommand,
  type StartInstanceRefreshCommandInput,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import { CreateLaunchTemplateVersionCommand } from '@aws-sdk/client-ec2'
import { bounds } from '../../../src/sandbox/aws/autoscaling/refresh-bounds'
import { codeOf, group, hour, type Lab, lab, members, minute, passUntil } from './lab'

async function withVersion2(at: Lab = lab()) {
  await at.ec2.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateName: 'Web',
      SourceVersion: '1',
      LaunchTemplateData: { InstanceType: 't3.micro' },
    }),
  )
  await at.autoscaling.send(
    new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: 'Web-ASG',
      LaunchTemplate: { LaunchTemplateName: 'Web', Version: '1' },
    }),
  )
  at.clock.advanceBy(10_000)
  return at
}

type Preferences = StartInstanceRefreshCommandInput['Preferences']

const startRefresh = (at: Lab, Preferences: Preferences) =>
  at.autoscaling.send(
    new StartInstanceRefreshCommand({
      AutoScalingGroupName: 'Web-ASG',
      DesiredConfiguration: { LaunchTemplate: { LaunchTemplateName: 'Web', Version: '2' } },
      Preferences,
    }),
  )

async function newest(at: Lab) {
  const { InstanceRefreshes = [] } = await at.autoscaling.send(
    new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: 'Web-ASG' }),
  )
  return InstanceRefreshes[0]
}

const status = (at: Lab) => group(at.aws).refreshes.at(-1)?.status

/** The fewest healthy targets that there ever are from now on. */
function lowWater(at: Lab): () => number {
  let low = Number.POSITIVE_INFINITY
  at.aws.onChange(() => {
    low = Math.min(low, at.aws.healthyTargets('Web-TG'))
  })
  return () => low
}

const versions = (at: Lab) => members(at.aws).map((member) => member.template?.version)

const launchFirst = { MinHealthyPercentage: 100, MaxHealthyPercentage: 150, InstanceWarmup: 60 }

describe('an instance refresh', () => {
  test('launching first never serves with fewer than desired, and writes the configuration at its end only', async () => {
    const at = await withVersion2()
    const low = lowWater(at)
    await startRefresh(at, { ...launchFirst, BakeTime: 120, AutoRollback: true })
    expect((await newest(at))?.Status).toBe('Pending')
    passUntil(at.clock, () => status(at) === 'Baking')
    expect(group(at.aws).template.version).toBe('1')
    const bakingAt = at.clock.now()
    passUntil(at.clock, () => status(at) === 'Successful')
    expect(at.clock.now() - bakingAt).toBe(2 * minute)
    expect(group(at.aws).template.version).toBe('2')
    expect(low()).toBe(2)
    passUntil(at.clock, () => members(at.aws).length === 2)
    expect(versions(at)).toEqual([2, 2])
    expect(await newest(at)).toMatchObject({ PercentageComplete: 100, InstancesToUpdate: 0 })
  })

  test('terminating first serves with the rest, one at a time', async () => {
    const at = await withVersion2()
    const low = lowWater(at)
    await startRefresh(at, { MinHealthyPercentage: 50, InstanceWarmup: 30 })
    passUntil(at.clock, () => status(at) === 'Successful')
    expect(low()).toBe(1)
    passUntil(at.clock, () => members(at.aws).length === 2)
    expect(versions(at)).toEqual([2, 2])
  })

  test('new instances that never get healthy fail it after an hour, and the old ones serve on', async () => {
    const at = await withVersion2()
    at.aws.setFault({ kind: 'never-healthy' })
    const low = lowWater(at)
    await startRefresh(at, launchFirst)
    const asked = at.clock.now()
    passUntil(at.clock, () => status(at) === 'Failed')
    expect(at.clock.now() - asked).toBeGreaterThan(hour)
    expect(at.clock.now() - asked).toBeLessThan(1.1 * hour)
    passUntil(at.clock, () => members(at.aws).length === 2)
    expect(versions(at)).toEqual([1, 1])
    expect(low()).toBe(2)
    expect(group(at.aws).template.version).toBe('1')
  })

  test('with AutoRollback it goes back instead of failing', async () => {
    const at = await withVersion2()
    at.aws.setFault({ kind: 'never-healthy' })
    await startRefresh(at, { MinHealthyPercentage: 50, InstanceWarmup: 0, AutoRollback: true })
    passUntil(at.clock, () => status(at) === 'RollbackInProgress')
    at.aws.clearFaults()
    passUntil(at.clock, () => status(at) === 'RollbackSuccessful')
    passUntil(at.clock, () => members(at.aws).length === 2)
    expect(versions(at)).toEqual([1, 1])
    expect((await newest(at))?.RollbackDetails?.RollbackReason).toContain('healthy')
  })

  test('a rollback that is asked for replaces what was replaced, and serves all the while', async () => {
    const at = await withVersion2()
    const low = lowWater(at)
    await startRefresh(at, { ...launchFirst, BakeTime: 3600 })
    passUntil(at.clock, () => status(at) === 'Baking')
    await at.autoscaling.send(new RollbackInstanceRefreshCommand({ AutoScalingGroupName: 'Web-ASG' }))
    passUntil(at.clock, () => status(at) === 'RollbackSuccessful')
    passUntil(at.clock, () => members(at.aws).length === 2)
    expect(versions(at)).toEqual([1, 1])
    expect(low()).toBe(2)
  })

  test('cancelling leaves what was replaced and does not write the configuration', async () => {
    const at = await withVersion2()
    await startRefresh(at, launchFirst)
    passUntil(at.clock, () => versions(at).includes(2))
    await at.autoscaling.send(new CancelInstanceRefreshCommand({ AutoScalingGroupName: 'Web-ASG' }))
    expect(status(at)).toBe('Cancelling')
    passUntil(at.clock, () => status(at) === 'Cancelled')
    expect(group(at.aws).template.version).toBe('1')
    expect(
      await codeOf(
        at.autoscaling.send(new CancelInstanceRefreshCommand({ AutoScalingGroupName: 'Web-ASG' })),
      ),
    ).toBe('ActiveInstanceRefreshNotFound')
  })

  test('with nothing to change it succeeds at once', async () => {
    const at = await withVersion2()
    await at.autoscaling.send(
      new StartInstanceRefreshCommand({
        AutoScalingGroupName: 'Web-ASG',
        DesiredConfiguration: { LaunchTemplate: { LaunchTemplateName: 'Web', Version: '1' } },
        Preferences: { SkipMatching: true },
      }),
    )
    passUntil(at.clock, () => status(at) === 'Successful', 2 * minute)
  })

  test('checkpoints hold it for their delay', async () => {
    const at = await withVersion2()
    await startRefresh(at, { ...launchFirst, CheckpointPercentages: [50, 100], CheckpointDelay: 1800 })
    passUntil(at.clock, () => group(at.aws).refreshes.at(-1)?.percent === 50)
    const half = at.clock.now()
    passUntil(at.clock, () => (group(at.aws).refreshes.at(-1)?.percent ?? 0) > 50)
    expect(at.clock.now() - half).toBeGreaterThan(30 * minute)
  })

  test('protected instances are waited for, for an hour, unless told otherwise', async () => {
    const at = await withVersion2()
    for (const member of members(at.aws)) member.protected = true
    await startRefresh(at, launchFirst)
    passUntil(at.clock, () => status(at) === 'Failed')
    expect((await newest(at))?.StatusReason).toContain('protected from scale in')
    await startRefresh(at, { ...launchFirst, ScaleInProtectedInstances: 'Refresh' })
    passUntil(at.clock, () => status(at) === 'Successful')
  })

  test('suspending a process that it needs stalls it', async () => {
    const at = await withVersion2()
    group(at.aws).suspended.set('Launch', 'test')
    await startRefresh(at, launchFirst)
    at.clock.advanceBy(20 * minute)
    expect(status(at)).toBe('InProgress')
    expect(versions(at)).toEqual([1, 1])
  })

  test('a second one, a way back that leads nowhere, and a new template meanwhile are refused', async () => {
    const at = await withVersion2()
    await startRefresh(at, launchFirst)
    expect(await codeOf(startRefresh(at, launchFirst))).toBe('InstanceRefreshInProgress')
    const update = new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: 'Web-ASG',
      LaunchTemplate: { LaunchTemplateName: 'Web', Version: '2' },
    })
    await expect(at.autoscaling.send(update)).rejects.toThrow(
      'An active instance refresh with a desired configuration',
    )
    const following = lab()
    await following.autoscaling.send(new StartInstanceRefreshCommand({ AutoScalingGroupName: 'Web-ASG' }))
    expect(
      await codeOf(
        following.autoscaling.send(new RollbackInstanceRefreshCommand({ AutoScalingGroupName: 'Web-ASG' })),
      ),
    ).toBe('IrreversibleInstanceRefresh')
  })

  test('scale-outs meanwhile use its configuration', async () => {
    const at = await withVersion2()
    await startRefresh(at, { ...launchFirst, InstanceWarmup: 3600 })
    await at.autoscaling.send(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'Web-ASG', DesiredCapacity: 3 }),
    )
    passUntil(at.clock, () => versions(at).length >= 3)
    expect(versions(at)).toContain(2)
    const { AutoScalingGroups } = await at.autoscaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['Web-ASG'] }),
    )
    expect(AutoScalingGroups?.[0]?.LaunchTemplate?.Version).toBe('1')
  })

  const percentages = [0, 50, 75, 90, 100].flatMap((least) =>
    [100, 125, 150].map((most) => [least, most] as const),
  )
  test.each(percentages.filter(([least, most]) => most - least <= 100))(
    'with %i to %i percent it replaces all and keeps within its bounds',
    async (MinHealthyPercentage, MaxHealthyPercentage) => {
      const at = await withVersion2()
      await at.autoscaling.send(
        new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'Web-ASG', DesiredCapacity: 4 }),
      )
      passUntil(at.clock, () => at.aws.healthyTargets('Web-TG') === 4)
      const { least, most } = bounds(4, {
        minHealthy: MinHealthyPercentage,
        maxHealthy: MaxHealthyPercentage,
      })
      const low = lowWater(at)
      let high = 0
      at.aws.onChange(() => {
        const here = members(at.aws).filter((member) => !member.lifecycle.startsWith('Terminating'))
        high = Math.max(high, here.length)
      })
      await startRefresh(at, { MinHealthyPercentage, MaxHealthyPercentage, InstanceWarmup: 30 })
      passUntil(at.clock, () => status(at) === 'Successful')
      expect(low()).toBeGreaterThanOrEqual(least)
      expect(high).toBeLessThanOrEqual(most)
      passUntil(at.clock, () => members(at.aws).length === 4)
      expect(versions(at)).toEqual([2, 2, 2, 2])
    },
  )
})
