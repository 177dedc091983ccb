import {
  BatchDeleteScheduledActionCommand,
  BatchPutScheduledUpdateGroupActionCommand,
  DeleteScheduledActionCommand,
  DescribeScheduledActionsCommand,
  PutScheduledUpdateGroupActionCommand,
} from '@aws-sdk/client-auto-scaling'
import { codeOf, group, hour, lab, minute, start } from './lab'

const Web = { AutoScalingGroupName: 'Web-ASG' }
const put = (name: string, rest: Record<string, unknown>) =>
  new PutScheduledUpdateGroupActionCommand({ ...Web, ScheduledActionName: name, DesiredCapacity: 4, ...rest })

describe('scheduled actions', () => {
  test('one that is due runs within two minutes, and is gone', async () => {
    const { aws, clock, autoscaling } = lab()
    const StartTime = new Date(start + hour)
    await autoscaling.send(put('live', { StartTime, MinSize: 4, MaxSize: 8 }))
    clock.advanceTo(StartTime.getTime() - 1)
    expect(group(aws)).toMatchObject({ min: 2, desired: 2, max: 4 })
    clock.advanceBy(2 * minute + 1)
    expect(group(aws)).toMatchObject({ min: 4, desired: 4, max: 8 })
    const { ScheduledUpdateGroupActions } = await autoscaling.send(new DescribeScheduledActionsCommand(Web))
    expect(ScheduledUpdateGroupActions).toEqual([])
  })

  test('a recurring one is evaluated in its zone and comes again', async () => {
    const { aws, clock, autoscaling } = lab()
    await autoscaling.send(put('evening', { Recurrence: '0 19 * * *', TimeZone: 'Asia/Seoul' }))
    const { ScheduledUpdateGroupActions } = await autoscaling.send(new DescribeScheduledActionsCommand(Web))
    expect(ScheduledUpdateGroupActions?.[0]).toMatchObject({
      StartTime: new Date('2026-03-02T10:00:00Z'),
      TimeZone: 'Asia/Seoul',
    })
    clock.advanceTo(Date.parse('2026-03-02T10:02:01Z'))
    expect(group(aws).desired).toBe(4)
    group(aws).desired = 2
    clock.advanceTo(Date.parse('2026-03-03T10:02:01Z'))
    expect(group(aws).desired).toBe(4)
  })

  test('they run in their order, however late each of them is', async () => {
    const { aws, clock, autoscaling } = lab()
    for (let day = 0; day < 20; day += 1) {
      const due = clock.now() + hour
      await autoscaling.send(put('second', { StartTime: new Date(due + minute), MaxSize: 6 }))
      await autoscaling.send(put('first', { StartTime: new Date(due), MaxSize: 8 }))
      clock.advanceBy(24 * hour)
      expect(group(aws).max).toBe(6)
    }
  })

  test('nothing runs while the process is suspended, nor after the end', async () => {
    const { aws, clock, autoscaling } = lab()
    await autoscaling.send(
      put('every', { Recurrence: '*/10 * * * *', EndTime: new Date(start + 20 * minute), TimeZone: 'UTC' }),
    )
    group(aws).suspended.set('ScheduledActions', 'test')
    clock.advanceBy(12 * minute)
    expect(group(aws).desired).toBe(2)
    group(aws).suspended.delete('ScheduledActions')
    clock.advanceBy(20 * minute)
    expect(group(aws).desired).toBe(2)
    expect(group(aws).schedules.size).toBe(0)
  })

  test('two with one start time, a start in the past and nonsense are refused', async () => {
    const { autoscaling } = lab()
    const StartTime = new Date(start + hour)
    await autoscaling.send(put('one', { StartTime }))
    expect(await codeOf(autoscaling.send(put('two', { StartTime })))).toBe('AlreadyExists')
    await autoscaling.send(put('one', { StartTime, DesiredCapacity: 3 }))
    await expect(autoscaling.send(put('past', { StartTime: new Date(start - 1) }))).rejects.toThrow(
      'Given start time is in the past',
    )
    expect(await codeOf(autoscaling.send(put('odd', { Recurrence: 'daily' })))).toBe('ValidationError')
    expect(
      await codeOf(autoscaling.send(put('where', { Recurrence: '0 1 * * *', TimeZone: 'Mars/Phobos' }))),
    ).toBe('ValidationError')
  })

  test('batches answer 200 and list what failed', async () => {
    const { autoscaling } = lab()
    const StartTime = new Date(start + hour)
    const { FailedScheduledUpdateGroupActions } = await autoscaling.send(
      new BatchPutScheduledUpdateGroupActionCommand({
        ...Web,
        ScheduledUpdateGroupActions: [
          { ScheduledActionName: 'a', StartTime, DesiredCapacity: 3 },
          { ScheduledActionName: 'b', StartTime, DesiredCapacity: 3 },
        ],
      }),
    )
    expect(FailedScheduledUpdateGroupActions?.map((one) => [one.ScheduledActionName, one.ErrorCode])).toEqual(
      [['b', 'AlreadyExists']],
    )
    const { FailedScheduledActions } = await autoscaling.send(
      new BatchDeleteScheduledActionCommand({ ...Web, ScheduledActionNames: ['a', 'zzz'] }),
    )
    expect(FailedScheduledActions?.map((one) => one.ScheduledActionName)).toEqual(['zzz'])
    expect(
      await codeOf(autoscaling.send(new DeleteScheduledActionCommand({ ...Web, ScheduledActionName: 'a' }))),
    ).toBe('ValidationError')
  })
})
