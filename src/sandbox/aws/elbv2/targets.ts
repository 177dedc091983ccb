import type { TargetDescription, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { ElbHandlers } from '../handlers'
import { AwsError, validationError } from '../wire/error'
import type { Target, TargetGroup } from './state'
import { deregisterTarget, registerTarget, targetKey } from './target-health'
import { targetGroupOf } from './target-groups'

export const targetHandlers = {
  DescribeTargetHealth({ world }, input) {
    const targetGroup = targetGroupOf(world, input.TargetGroupArn)
    const shown = input.Targets?.length
      ? input.Targets.map((wanted) => wantedHealth(targetGroup, wanted))
      : [...targetGroup.targets.values()].map((target) => healthOf(targetGroup, target))
    return { TargetHealthDescriptions: shown }
  },

  RegisterTargets(sim, input) {
    const targetGroup = targetGroupOf(sim.world, input.TargetGroupArn)
    for (const { Id = '' } of input.Targets) {
      const instance = sim.world.instances.get(Id)
      if (!instance || instance.vpc !== targetGroup.vpc)
        throw new AwsError('InvalidTarget', `The following targets are not in the target group VPC: '${Id}'`)
      if (instance.state !== 'running')
        throw new AwsError(
          'InvalidTarget',
          `The following targets are not in a running state and cannot be registered: '${Id}'`,
        )
    }
    for (const { Id = '', Port } of input.Targets) registerTarget(sim, targetGroup, Id, Port)
    return {}
  },

  DeregisterTargets(sim, input) {
    const targetGroup = targetGroupOf(sim.world, input.TargetGroupArn)
    for (const { Id = '', Port } of input.Targets)
      deregisterTarget(sim, targetGroup, targetKey(Id, Port ?? targetGroup.shape.Port ?? 80))
    return {}
  },
} satisfies ElbHandlers

function wantedHealth(targetGroup: TargetGroup, wanted: TargetDescription): TargetHealthDescription {
  if (wanted.Id === undefined) throw validationError('A target ID must be specified')
  const port = wanted.Port ?? targetGroup.shape.Port ?? 80
  const target = targetGroup.targets.get(targetKey(wanted.Id, port))
  if (target) return healthOf(targetGroup, target)
  return {
    Target: { Id: wanted.Id, Port: port },
    TargetHealth: {
      State: 'unused',
      Reason: 'Target.NotRegistered',
      Description: 'Target is not registered to the target group',
    },
  }
}

function healthOf(targetGroup: TargetGroup, target: Target): TargetHealthDescription {
  type Health = NonNullable<TargetHealthDescription['TargetHealth']>
  return {
    Target: { Id: target.instance, Port: target.port },
    HealthCheckPort: String(target.port ?? targetGroup.shape.Port),
    TargetHealth: {
      State: target.state,
      Reason: target.reason as Health['Reason'],
      Description: target.description,
    },
  }
}
