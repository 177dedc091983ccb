import {
  CreateOrUpdateTagsCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeTagsCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling'
import { DescribeImagesCommand } from '@aws-sdk/client-ec2'
import { DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { serveAws } from '../../../src/sandbox/aws/server'
import { clientsOn } from './clients'
import { codeOf, group, lab } from './lab'

const Web = { AutoScalingGroupName: 'Web-ASG' }
const setDesired = (DesiredCapacity: number) => new SetDesiredCapacityCommand({ ...Web, DesiredCapacity })

describe('faults that are asked for', () => {
  test('each service throttles in its own words', async () => {
    const { aws, ec2, autoscaling, elb } = lab()
    aws.setFault({ kind: 'throttle' })
    const codes = await Promise.all([
      codeOf(ec2.send(new DescribeImagesCommand({}))),
      codeOf(autoscaling.send(new DescribeAutoScalingGroupsCommand({}))),
      codeOf(elb.send(new DescribeTargetGroupsCommand({}))),
    ])
    expect(codes).toEqual(['RequestLimitExceeded', 'Throttling', 'ThrottlingException'])
  })

  test('a fault of so many times is over after them: the SDK itself gets through by asking again', async () => {
    const { aws } = lab()
    const { autoscaling } = clientsOn(aws, { maxAttempts: 3 })
    aws.setFault({ kind: 'error-before', action: 'SetDesiredCapacity', times: 1 })
    await autoscaling.send(setDesired(3))
    expect(aws.calls().map((call) => call.error)).toEqual(['InternalFailure', undefined])
    expect(aws.faults()).toEqual([])
  })

  test('before: nothing was done; after: it was', async () => {
    const { aws, autoscaling } = lab()
    const before = aws.setFault({
      kind: 'error-before',
      action: 'SetDesiredCapacity',
      code: 'ResourceContention',
    })
    expect(await codeOf(autoscaling.send(setDesired(3)))).toBe('ResourceContention')
    expect(group(aws).desired).toBe(2)
    aws.clearFaults(before)
    aws.setFault({ kind: 'error-after', action: 'SetDesiredCapacity' })
    expect(await codeOf(autoscaling.send(setDesired(3)))).toBe('InternalFailure')
    expect(group(aws).desired).toBe(3)
  })

  test('a right that is missing is refused in each service’s own words, and nothing is done', async () => {
    const { aws, ec2, autoscaling } = lab()
    aws.setFault({ kind: 'denied', action: 'SetDesiredCapacity' })
    aws.setFault({ kind: 'denied', action: 'DescribeImages' })
    expect(await codeOf(autoscaling.send(setDesired(3)))).toBe('AccessDenied')
    expect(await codeOf(ec2.send(new DescribeImagesCommand({})))).toBe('UnauthorizedOperation')
    await autoscaling.send(new DescribeTagsCommand({}))
    expect(group(aws).desired).toBe(2)
  })

  test('a silent AWS does nothing, and answers nothing over a socket either', async () => {
    const { aws, autoscaling } = lab()
    const server = await serveAws(aws, { port: 0 })
    const silent = aws.setFault({ kind: 'silent' })
    await expect(autoscaling.send(setDesired(3))).rejects.toThrow('silent')
    const asked = fetch(server.url, {
      method: 'POST',
      body: 'Action=DescribeTags&Version=2011-01-01',
      signal: AbortSignal.timeout(300),
    })
    await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' })
    await server.close()
    aws.clearFaults(silent)
    expect(group(aws).desired).toBe(2)
  })

  test('late consistency: reads answer from the past, writes do not', async () => {
    const { aws, clock, autoscaling } = lab()
    aws.setFault({ kind: 'late-consistency', seconds: 30 })
    const seen = async () =>
      (await autoscaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['Web-ASG'] })))
        .AutoScalingGroups?.[0]?.DesiredCapacity
    clock.advanceBy(60_000)
    await autoscaling.send(setDesired(4))
    expect(await seen()).toBe(2)
    clock.advanceBy(29_000)
    expect(await seen()).toBe(2)
    clock.advanceBy(1_000)
    expect(await seen()).toBe(4)
    expect(group(aws).desired).toBe(4)
  })

  test('every call is recorded, with its number, its input and its error', async () => {
    const { aws, autoscaling } = lab()
    await autoscaling.send(setDesired(3))
    await codeOf(autoscaling.send(setDesired(99)))
    const [first, second] = aws.calls()
    expect(first).toMatchObject({
      sequence: 1,
      service: 'autoscaling',
      action: 'SetDesiredCapacity',
      mutating: true,
      input: { ...Web, DesiredCapacity: 3 },
    })
    expect(second).toMatchObject({ sequence: 2, error: 'ValidationError' })
    expect(aws.calls(1)).toEqual([second])
  })
})

describe('listings', () => {
  test('Auto Scaling pages by fifty unless told otherwise, and a hundred at most', async () => {
    const { aws, autoscaling } = lab()
    for (let count = 0; count < 110; count += 1)
      group(aws).tags.set(`key-${count}`, { value: 'x', propagate: false })
    const first = await autoscaling.send(new DescribeTagsCommand({}))
    expect(first.Tags).toHaveLength(50)
    const rest = await autoscaling.send(
      new DescribeTagsCommand({ MaxRecords: 100, NextToken: first.NextToken }),
    )
    expect(rest.Tags?.length).toBeGreaterThan(60)
    expect(rest.NextToken).toBeUndefined()
    expect(await codeOf(autoscaling.send(new DescribeTagsCommand({ MaxRecords: 101 })))).toBe(
      'ValidationError',
    )
    expect(await codeOf(autoscaling.send(new DescribeTagsCommand({ NextToken: 'nonsense' })))).toBe(
      'InvalidNextToken',
    )
  })

  test('tags are added and overwritten on groups that there are', async () => {
    const { aws, autoscaling } = lab()
    const tag = (ResourceId: string) =>
      new CreateOrUpdateTagsCommand({
        Tags: [
          {
            ResourceId,
            ResourceType: 'auto-scaling-group',
            Key: 'docker:image:version',
            Value: 'v2',
            PropagateAtLaunch: true,
          },
        ],
      })
    await autoscaling.send(tag('shop-green'))
    expect(group(aws, 'shop-green').tags.get('docker:image:version')).toEqual({
      value: 'v2',
      propagate: true,
    })
    expect(await codeOf(autoscaling.send(tag('nowhere')))).toBe('ValidationError')
  })
})
