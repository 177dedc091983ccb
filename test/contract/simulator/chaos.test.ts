import {
  CancelInstanceRefreshCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  ResumeProcessesCommand,
  RollbackInstanceRefreshCommand,
  SetDesiredCapacityCommand,
  SetInstanceProtectionCommand,
  StartInstanceRefreshCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import { CreateLaunchTemplateVersionCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { seededRandom } from '../../../src/sandbox/aws/engine/random'
import { group, hour, lab, members, minute } from './lab'

const Web = { AutoScalingGroupName: 'Web-ASG' }
const processes = ['Launch', 'Terminate', 'HealthCheck', 'ReplaceUnhealthy', 'AZRebalance', 'InstanceRefresh']

/** Does to a group whatever may be done to it, in an order that the seed gives; AWS may refuse any of it. */
async function mistreat(seed: number, steps: number) {
  const at = lab(seed)
  const random = seededRandom(seed * 7919)
  const upTo = (most: number) => Math.floor(random() * most)
  const one = <T>(list: readonly T[]): T | undefined => list[upTo(list.length)]
  const instance = () => one(members(at.aws))?.id ?? 'i-0123456789abcdef0'
  await at.ec2.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateName: 'Web',
      SourceVersion: '1',
      LaunchTemplateData: { InstanceType: 't3.micro' },
    }),
  )
  at.clock.advanceBy(5000)
  const { autoscaling } = at
  const deeds: (() => Promise<unknown>)[] = [
    () => autoscaling.send(new SetDesiredCapacityCommand({ ...Web, DesiredCapacity: upTo(5) })),
    () =>
      autoscaling.send(new UpdateAutoScalingGroupCommand({ ...Web, MinSize: upTo(3), MaxSize: 3 + upTo(5) })),
    () =>
      autoscaling.send(
        new UpdateAutoScalingGroupCommand({
          ...Web,
          LaunchTemplate: { LaunchTemplateName: 'Web', Version: one(['1', '2', '$Latest', '$Default']) },
        }),
      ),
    () =>
      autoscaling.send(
        new TerminateInstanceInAutoScalingGroupCommand({
          InstanceId: instance(),
          ShouldDecrementDesiredCapacity: random() < 0.5,
        }),
      ),
    () =>
      autoscaling.send(
        new EnterStandbyCommand({
          ...Web,
          InstanceIds: [instance()],
          ShouldDecrementDesiredCapacity: random() < 0.7,
        }),
      ),
    () => autoscaling.send(new ExitStandbyCommand({ ...Web, InstanceIds: [instance()] })),
    () =>
      autoscaling.send(
        new SetInstanceProtectionCommand({
          ...Web,
          InstanceIds: [instance()],
          ProtectedFromScaleIn: random() < 0.5,
        }),
      ),
    () =>
      autoscaling.send(
        new SuspendProcessesCommand({ ...Web, ScalingProcesses: [one(processes) ?? 'Launch'] }),
      ),
    () => autoscaling.send(new ResumeProcessesCommand(Web)),
    () =>
      autoscaling.send(
        new StartInstanceRefreshCommand({
          ...Web,
          ...(random() < 0.7
            ? {
                DesiredConfiguration: {
                  LaunchTemplate: { LaunchTemplateName: 'Web', Version: one(['1', '2']) },
                },
              }
            : {}),
          Preferences: {
            MinHealthyPercentage: one([0, 50, 90, 100]),
            MaxHealthyPercentage: one([100, 110]) ?? 100,
            InstanceWarmup: upTo(120),
            BakeTime: upTo(300),
            SkipMatching: random() < 0.5,
            AutoRollback: random() < 0.3,
            StandbyInstances: one(['Ignore', 'Terminate', 'Wait'] as const),
            ScaleInProtectedInstances: one(['Ignore', 'Refresh', 'Wait'] as const),
          },
        }),
      ),
    () => autoscaling.send(new CancelInstanceRefreshCommand(Web)),
    () => autoscaling.send(new RollbackInstanceRefreshCommand(Web)),
    () => at.ec2.send(new TerminateInstancesCommand({ InstanceIds: [instance()] })),
    async () => at.aws.setFault({ kind: 'never-healthy' }),
    async () => at.aws.setFault({ kind: 'capacity-shortage' }),
    async () => at.aws.clearFaults(),
  ]
  for (let step = 0; step < steps; step += 1) {
    await one(deeds)?.().catch(() => undefined)
    at.clock.advanceBy(upTo(4 * minute))
  }
  at.aws.clearFaults()
  await autoscaling.send(new ResumeProcessesCommand(Web))
  return at
}

describe('whatever is done to a group, once it is left alone', () => {
  const seeds = Array.from({ length: 60 }, (_, at) => at + 1)
  test.each(seeds)('it comes to rest as it should be (seed %i)', async (seed) => {
    const at = await mistreat(seed, 40)
    at.clock.advanceBy(8 * hour)
    const web = group(at.aws)
    const standing = members(at.aws).filter((member) => member.lifecycle === 'Standby')
    const serving = members(at.aws).filter((member) => member.lifecycle === 'InService')
    expect(at.aws.calls().filter((call) => call.error === 'InternalFailure')).toEqual([])
    expect(standing.length + serving.length).toBe(members(at.aws).length)
    const unprotected = serving.filter((member) => !member.protected)
    if (unprotected.length > 0 || serving.length < web.desired) expect(serving).toHaveLength(web.desired)
    expect(serving.every((member) => member.health === 'Healthy' && !member.awaitingReplacement)).toBe(true)
    expect(at.aws.healthyTargets('Web-TG')).toBe(serving.length)
    expect(web.activities.filter((activity) => activity.endedAt === undefined)).toEqual([])
    const [targetGroup] = at.aws.world.targetGroups.values()
    const targets = [...(targetGroup?.targets.values() ?? [])].map((target) => target.instance)
    expect(targets.toSorted()).toEqual(serving.map((member) => member.id).toSorted())
    expect([
      'Successful',
      'Failed',
      'Cancelled',
      'RollbackSuccessful',
      'RollbackFailed',
      undefined,
    ]).toContain(web.refreshes.at(-1)?.status)
  })
})
