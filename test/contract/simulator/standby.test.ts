import {
  EnterStandbyCommand,
  ExitStandbyCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import { group, lab, members, minute, passUntil, settled, states } from './lab'

const Web = { AutoScalingGroupName: 'Web-ASG' }
const ids = (aws: Parameters<typeof members>[0]) => members(aws).map((member) => member.id)

describe('standby', () => {
  test('decrementing must leave the minimum, in the words of AWS', async () => {
    const { aws, autoscaling } = lab()
    const enter = new EnterStandbyCommand({
      ...Web,
      InstanceIds: ids(aws).slice(0, 1),
      ShouldDecrementDesiredCapacity: true,
    })
    await expect(autoscaling.send(enter)).rejects.toThrow(
      'AutoScalingGroup Web-ASG has min-size=2, max-size=4, and desired-size=2. To place into standby 1 instance, please update the AutoScalingGroup sizes appropriately.',
    )
    expect(states(aws)).toEqual({ InService: 2 })
  })

  test('all go with the minimum lowered, drain for the delay, and come back healthy on their old version', async () => {
    const { aws, clock, autoscaling } = lab()
    await autoscaling.send(new UpdateAutoScalingGroupCommand({ ...Web, MinSize: 0 }))
    const all = ids(aws)
    const { Activities } = await autoscaling.send(
      new EnterStandbyCommand({ ...Web, InstanceIds: all, ShouldDecrementDesiredCapacity: true }),
    )
    expect(Activities?.map((one) => [one.StatusCode, one.Progress])).toEqual([
      ['InProgress', 50],
      ['InProgress', 50],
    ])
    expect(Activities?.[1]?.Cause).toContain('shrinking the capacity from 1 to 0')
    expect(states(aws)).toEqual({ EnteringStandby: 2 })
    const from = clock.now()
    passUntil(clock, () => states(aws)['Standby'] === 2)
    expect(clock.now() - from).toBe(5 * minute)
    expect(group(aws).desired).toBe(0)
    expect(aws.healthyTargets('Web-TG')).toBe(0)
    await autoscaling.send(new ExitStandbyCommand({ ...Web, InstanceIds: all }))
    expect(group(aws).desired).toBe(2)
    passUntil(clock, () => aws.healthyTargets('Web-TG') === 2, 2 * minute)
    expect(settled(aws)).toBe(true)
    expect(ids(aws)).toEqual(all)
  })

  test('without decrementing the group launches replacements', async () => {
    const { aws, clock, autoscaling } = lab()
    await autoscaling.send(
      new EnterStandbyCommand({
        ...Web,
        InstanceIds: ids(aws).slice(0, 1),
        ShouldDecrementDesiredCapacity: false,
      }),
    )
    passUntil(clock, () => states(aws)['InService'] === 2, 3 * minute)
    expect(members(aws)).toHaveLength(3)
  })

  test('coming back needs room below the maximum', async () => {
    const { aws, clock, autoscaling } = lab()
    await autoscaling.send(new UpdateAutoScalingGroupCommand({ ...Web, MinSize: 1 }))
    const [one = ''] = ids(aws)
    await autoscaling.send(
      new EnterStandbyCommand({ ...Web, InstanceIds: [one], ShouldDecrementDesiredCapacity: true }),
    )
    await expect(autoscaling.send(new ExitStandbyCommand({ ...Web, InstanceIds: [one] }))).rejects.toThrow(
      `The instance ${one} is not in Standby.`,
    )
    passUntil(clock, () => states(aws)['Standby'] === 1)
    await autoscaling.send(new UpdateAutoScalingGroupCommand({ ...Web, MaxSize: 1 }))
    await expect(autoscaling.send(new ExitStandbyCommand({ ...Web, InstanceIds: [one] }))).rejects.toThrow(
      'max-size=1',
    )
  })

  test('nobody checks the health of one in standby; it is noticed when it comes back', async () => {
    const { aws, clock, autoscaling } = lab()
    await autoscaling.send(new UpdateAutoScalingGroupCommand({ ...Web, MinSize: 1 }))
    const [one = ''] = ids(aws)
    await autoscaling.send(
      new EnterStandbyCommand({ ...Web, InstanceIds: [one], ShouldDecrementDesiredCapacity: true }),
    )
    passUntil(clock, () => states(aws)['Standby'] === 1)
    const instance = aws.world.instances.get(one)
    if (instance) instance.state = 'stopped'
    clock.advanceBy(30 * minute)
    expect(group(aws).members.get(one)).toMatchObject({ lifecycle: 'Standby', health: 'Healthy' })
    await autoscaling.send(new ExitStandbyCommand({ ...Web, InstanceIds: [one] }))
    passUntil(clock, () => settled(aws) && !group(aws).members.has(one))
  })

  test('at most twenty, all of them in service', async () => {
    const { autoscaling } = lab()
    const many = Array.from({ length: 21 }, (_, at) => `i-0123456789abcde${at + 10}`)
    await expect(
      autoscaling.send(
        new EnterStandbyCommand({ ...Web, InstanceIds: many, ShouldDecrementDesiredCapacity: true }),
      ),
    ).rejects.toThrow('less than or equal to 20')
  })
})
