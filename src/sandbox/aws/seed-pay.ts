import { putPolicy } from './autoscaling/policies'
import { createTargetGroup } from './elbv2/target-groups'
import type { Aws } from './index'
import { ids, vpc } from './seed-network'
import { seedBalancer, seedGroup, seedImage, seedTemplate } from './seed-parts'

/**
 * A service whose colors have a target group each, for shifts by weight: `pay-blue` serves, `pay-green` is idle, and the
 * listener of `pay-ALB` forwards to `pay-blue-TG` alone. It stands beside the seed, on request.
 */
export function seedPay(aws: Aws): void {
  const sim = aws.simulation
  seedImage(sim, ids.payImage, 'pay v1', 'Pay container host', { Name: 'pay v1' })
  seedTemplate(sim, ids.payTemplate, 'pay', 'Pay container host', {
    ImageId: ids.payImage,
    InstanceType: 't2.micro',
    SecurityGroupIds: [ids.shopGroup],
  })
  const blueTargets = seedBalancer(sim, 'pay-ALB', 'pay-blue-TG')
  const greenTargets = createTargetGroup(
    sim,
    'pay-green-TG',
    { Protocol: 'HTTP', Port: 80, VpcId: vpc },
    new Map(),
  )
  const common = { LaunchTemplate: { LaunchTemplateId: ids.payTemplate, Version: '$Default' }, MaxSize: 4 }
  const tagged = (name: string) =>
    [
      ['Name', name],
      ['docker:image:name', 'pay'],
      ['docker:image:version', 'v1'],
    ].map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: true }))
  const blue = seedGroup(sim, blueTargets, {
    ...common,
    AutoScalingGroupName: 'pay-blue',
    MinSize: 1,
    DesiredCapacity: 2,
    Tags: tagged('pay-blue'),
  })
  seedGroup(sim, greenTargets, {
    ...common,
    AutoScalingGroupName: 'pay-green',
    MinSize: 0,
    DesiredCapacity: 0,
    Tags: tagged('pay-green'),
  })
  putPolicy(sim, blue, {
    AutoScalingGroupName: undefined,
    PolicyName: 'cpu-50',
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      TargetValue: 50,
    },
  })
  sim.changed()
}
