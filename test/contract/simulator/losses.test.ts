import { createAws } from '../../../src/sandbox/aws'
import { seedFleet } from '../../../src/sandbox/aws/seed'
import { createJumpingClock } from '../../../src/sandbox/clock'
import { watchLosses } from '../../support/losses'
import { call } from '../../support/shop'

const elb = '2015-12-01'
const start = Date.parse('2026-03-02T01:00:00Z')

/** Two instances behind Web-ALB, customers, and what somebody does to the first of them. */
const afterwards = async (
  act: (aws: ReturnType<typeof createAws>, instance: string, targetGroup: string) => Promise<void>,
): Promise<readonly string[]> => {
  const clock = createJumpingClock(start)
  const aws = createAws({ clock })
  seedFleet(aws)
  const losses = watchLosses(aws)
  clock.advanceBy(60_000)
  expect(losses.told()).toEqual([])
  const [instance = ''] = aws.world.groups.get('Web-ASG')?.members.keys() ?? []
  const [targetGroup = ''] = [...aws.world.targetGroups.values()]
    .filter(({ name }) => name === 'Web-TG')
    .map(({ arn }) => arn)
  await act(aws, instance, targetGroup)
  clock.advanceBy(20 * 60_000)
  return losses.told()
}

const deregister = (aws: Parameters<typeof call>[0], instance: string, TargetGroupArn: string) =>
  call(aws, 'DeregisterTargets', { TargetGroupArn, 'Targets.member.1.Id': instance }, elb)

describe('what customers lose is counted from change to change', () => {
  test('nothing where an instance drains', async () => {
    expect(await afterwards(deregister)).toEqual([])
  })

  test('what was in flight where the deregistration delay is over at once', async () => {
    const lost = await afterwards(async (aws, instance, TargetGroupArn) => {
      const attribute = {
        TargetGroupArn,
        'Attributes.member.1.Key': 'deregistration_delay.timeout_seconds',
        'Attributes.member.1.Value': '0',
      }
      await call(aws, 'ModifyTargetGroupAttributes', attribute, elb)
      await deregister(aws, instance, TargetGroupArn)
    })
    expect(lost).toEqual([expect.stringMatching(/^\d\d requests of Web-ALB \(cut\)/)])
  })

  test('half of all until the health checks have noticed where an instance is terminated as it serves', async () => {
    const lost = await afterwards((aws, instance) =>
      call(aws, 'TerminateInstances', { 'InstanceId.1': instance }, '2016-11-15'),
    )
    expect(lost).toHaveLength(2)
    // A thousand a second for a minute, or for as long as its checks take.
    expect(lost.join('\n')).toMatch(/\d{5} requests of Web-ALB \(dead-instance\)/)
    expect(lost.join('\n')).toMatch(/\(cut\)/)
  })

  test('all where no target is left', async () => {
    const lost = await afterwards(async (aws, _instance, targetGroup) => {
      for (const id of aws.world.groups.get('Web-ASG')?.members.keys() ?? [])
        await deregister(aws, id, targetGroup)
    })
    expect(lost.join('\n')).toMatch(/\d{6,} requests of Web-ALB \(no-target\)/)
  })
})
