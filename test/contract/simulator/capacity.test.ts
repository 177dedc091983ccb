import {
  CompleteLifecycleActionCommand,
  DescribeScalingActivitiesCommand,
  PutLifecycleHookCommand,
  ResumeProcessesCommand,
  SetDesiredCapacityCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import { TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { countByZone } from '../../../src/sandbox/aws/autoscaling/common'
import { codeOf, group, lab, members, minute, passUntil, settled, start, states } from './lab'

const Web = { AutoScalingGroupName: 'Web-ASG' }

describe('a group keeps its desired capacity', () => {
  test('scaling out takes a reaction, a boot and a first health check; InService comes before healthy', async () => {
    const { aws, clock, autoscaling } = lab()
    await autoscaling.send(new SetDesiredCapacityCommand({ ...Web, DesiredCapacity: 4 }))
    expect(members(aws)).toHaveLength(2)
    passUntil(clock, () => states(aws)['Pending'] === 2, minute)
    passUntil(clock, () => states(aws)['InService'] === 4, 2 * minute)
    expect(aws.healthyTargets('Web-TG')).toBeLessThan(4)
    passUntil(clock, () => aws.healthyTargets('Web-TG') === 4, 2 * minute)
    expect(clock.now() - start).toBeLessThan(3 * minute)
    expect([...countByZone(members(aws)).values()]).toEqual([2, 2])
  })

  test('scaling in drains for the whole delay and tells why', async () => {
    const { aws, clock, autoscaling } = lab()
    await autoscaling.send(new UpdateAutoScalingGroupCommand({ ...Web, MinSize: 1, DesiredCapacity: 1 }))
    passUntil(clock, () => states(aws)['Terminating'] === 1, minute)
    const from = clock.now()
    const { Activities } = await autoscaling.send(new DescribeScalingActivitiesCommand(Web))
    expect(Activities?.[0]).toMatchObject({ StatusCode: 'WaitingForELBConnectionDraining' })
    expect(Activities?.[0]?.Cause).toMatch(
      /constraints to min: 1, max: 4, desired: 1 changing the desired capacity from 2 to 1\. {2}At .*shrinking the capacity from 2 to 1\. {2}At .* was selected for termination\./,
    )
    passUntil(clock, () => members(aws).length === 1)
    expect(clock.now() - from).toBeGreaterThan(5 * minute)
    const { Activities: after } = await autoscaling.send(new DescribeScalingActivitiesCommand(Web))
    expect(after?.[0]).toMatchObject({ StatusCode: 'Successful', Progress: 100 })
  })

  test('S1: the old instance is terminated, three are there for a while, then two', async () => {
    const { aws, clock, autoscaling } = lab()
    const [old] = members(aws)
    await autoscaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId: old?.id,
        ShouldDecrementDesiredCapacity: false,
      }),
    )
    passUntil(clock, () => states(aws)['Pending'] === 1, minute)
    expect(states(aws)).toEqual({ Terminating: 1, InService: 1, Pending: 1 })
    passUntil(clock, () => settled(aws))
    expect(members(aws).map((member) => member.id)).not.toContain(old?.id)
  })

  test('terminating with decrement stops at the minimum', async () => {
    const { aws, autoscaling } = lab()
    const call = autoscaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId: members(aws)[0]?.id,
        ShouldDecrementDesiredCapacity: true,
      }),
    )
    await expect(call).rejects.toThrow('Currently, desiredSize equals minSize (2)')
  })

  test('sizes outside the bounds are refused, and a minimum above desired raises it', async () => {
    const { aws, autoscaling } = lab()
    expect(
      await codeOf(autoscaling.send(new SetDesiredCapacityCommand({ ...Web, DesiredCapacity: 5 }))),
    ).toBe('ValidationError')
    await expect(
      autoscaling.send(new UpdateAutoScalingGroupCommand({ ...Web, DesiredCapacity: 9 })),
    ).rejects.toThrow('Desired capacity:9 must be between the specified min size:2 and max size:4')
    await autoscaling.send(new UpdateAutoScalingGroupCommand({ ...Web, MinSize: 3 }))
    expect(group(aws).desired).toBe(3)
  })

  test('the cooldown blocks those only who honour it', async () => {
    const { aws, clock, autoscaling } = lab()
    await autoscaling.send(new SetDesiredCapacityCommand({ ...Web, DesiredCapacity: 3, HonorCooldown: true }))
    passUntil(clock, () => settled(aws))
    const more = { ...Web, DesiredCapacity: 4 }
    expect(
      await codeOf(autoscaling.send(new SetDesiredCapacityCommand({ ...more, HonorCooldown: true }))),
    ).toBe('ScalingActivityInProgress')
    await autoscaling.send(new SetDesiredCapacityCommand(more))
    expect(group(aws).desired).toBe(4)
  })

  test('an instance killed behind its back is replaced', async () => {
    const { aws, clock, ec2 } = lab()
    const [doomed] = members(aws)
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [doomed?.id ?? ''] }))
    expect(aws.healthyTargets('Web-TG')).toBe(1)
    passUntil(clock, () => settled(aws) && !group(aws).members.has(doomed?.id ?? ''))
    passUntil(clock, () => aws.healthyTargets('Web-TG') === 2)
  })

  test('an instance that fails its ELB checks is replaced after its grace period, not before', async () => {
    const { aws, clock, autoscaling } = lab()
    aws.setFault({ kind: 'never-healthy', group: 'Web-ASG' })
    await autoscaling.send(new SetDesiredCapacityCommand({ ...Web, DesiredCapacity: 3 }))
    passUntil(clock, () => states(aws)['InService'] === 3)
    const inService = clock.now()
    passUntil(clock, () => states(aws)['Terminating'] === 1)
    expect(clock.now() - inService).toBeGreaterThanOrEqual(5 * minute)
    const { Activities } = await autoscaling.send(new DescribeScalingActivitiesCommand(Web))
    expect(Activities?.some((one) => one.Cause?.includes('ELB system health check failure'))).toBe(true)
  })

  test('a launch without capacity fails in the activities only, tries the other zone, and again later', async () => {
    const { aws, clock, autoscaling } = lab()
    const fault = aws.setFault({ kind: 'capacity-shortage' })
    await autoscaling.send(new SetDesiredCapacityCommand({ ...Web, DesiredCapacity: 3 }))
    clock.advanceBy(2 * minute)
    const { Activities } = await autoscaling.send(new DescribeScalingActivitiesCommand(Web))
    expect(Activities?.[0]).toMatchObject({ StatusCode: 'Failed' })
    expect(Activities?.[0]?.StatusMessage).toContain('do not have sufficient t2.micro capacity')
    aws.clearFaults(fault)
    aws.setFault({ kind: 'capacity-shortage', zone: 'ap-northeast-2a' })
    passUntil(clock, () => states(aws)['InService'] === 3)
    expect(countByZone(members(aws)).get('ap-northeast-2c')).toBe(2)
  })

  test('zones that got apart are balanced again, launching first', async () => {
    const { aws, clock } = lab()
    const shop = group(aws, 'shop-blue')
    const inA = [...shop.members.values()].filter((member) => member.zone === 'ap-northeast-2a')
    shop.desired = 3
    const [gone] = inA
    if (gone) shop.members.delete(gone.id)
    const [last] = inA.slice(1)
    if (last) shop.members.delete(last.id)
    shop.desired = 2
    aws.simulation.emit('group', shop)
    let low = Number.POSITIVE_INFINITY
    aws.onChange(() => {
      low = Math.min(low, shop.members.size)
    })
    passUntil(clock, () => new Set(members(aws, 'shop-blue').map((one) => one.zone)).size === 2)
    passUntil(clock, () => settled(aws, 'shop-blue'))
    expect([...countByZone(members(aws, 'shop-blue')).values()]).toEqual([1, 1])
    expect(low).toBe(2)
  })

  test('a suspended process does not happen until it is resumed', async () => {
    const { aws, clock, autoscaling } = lab()
    await autoscaling.send(new SuspendProcessesCommand({ ...Web, ScalingProcesses: ['Launch'] }))
    await autoscaling.send(new SetDesiredCapacityCommand({ ...Web, DesiredCapacity: 4 }))
    clock.advanceBy(10 * minute)
    expect(members(aws)).toHaveLength(2)
    await autoscaling.send(new ResumeProcessesCommand({ ...Web, ScalingProcesses: ['Launch'] }))
    passUntil(clock, () => settled(aws), 3 * minute)
  })

  test('what comes into service while AddToLoadBalancer is suspended is never registered', async () => {
    const { aws, clock, autoscaling } = lab()
    await autoscaling.send(new SuspendProcessesCommand({ ...Web, ScalingProcesses: ['AddToLoadBalancer'] }))
    await autoscaling.send(new SetDesiredCapacityCommand({ ...Web, DesiredCapacity: 3 }))
    passUntil(clock, () => states(aws)['InService'] === 3)
    await autoscaling.send(new ResumeProcessesCommand(Web))
    clock.advanceBy(10 * minute)
    expect(aws.healthyTargets('Web-TG')).toBe(2)
  })

  test('a lifecycle hook holds a launch until it is completed', async () => {
    const { aws, clock, autoscaling } = lab()
    await autoscaling.send(
      new PutLifecycleHookCommand({
        ...Web,
        LifecycleHookName: 'warm',
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
        HeartbeatTimeout: 7200,
      }),
    )
    await autoscaling.send(new SetDesiredCapacityCommand({ ...Web, DesiredCapacity: 3 }))
    passUntil(clock, () => states(aws)['Pending:Wait'] === 1)
    clock.advanceBy(30 * minute)
    const waiting = members(aws).find((member) => member.lifecycle === 'Pending:Wait')
    await autoscaling.send(
      new CompleteLifecycleActionCommand({
        ...Web,
        LifecycleHookName: 'warm',
        InstanceId: waiting?.id,
        LifecycleActionResult: 'CONTINUE',
      }),
    )
    passUntil(clock, () => states(aws)['InService'] === 3, minute)
  })

  test('the same seed gives the same world', async () => {
    const run = async () => {
      const { aws, clock, autoscaling } = lab(42)
      await autoscaling.send(new SetDesiredCapacityCommand({ ...Web, DesiredCapacity: 4 }))
      passUntil(clock, () => aws.healthyTargets('Web-TG') === 4)
      return { at: clock.now(), ids: members(aws).map((member) => member.id) }
    }
    expect(await run()).toEqual(await run())
  })
})
