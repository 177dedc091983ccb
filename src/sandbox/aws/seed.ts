import { putPolicy } from './autoscaling/policies'
import { putAlarm } from './cloudwatch/alarms'
import type { Simulation } from './engine/simulation'
import type { Aws } from './index'
import { seedCourse } from './seed-course'
import { ids, seedNetwork } from './seed-network'
import { seedBalancer, seedGroup, seedImage, seedTemplate } from './seed-parts'

/**
 * The fleet that the sandbox begins with, all of it in service and healthy: `Web-ASG` behind `Web-ALB` with the
 * figures of the AWS Immersion Day, and `shop-blue` (live) and `shop-green` (idle) with those of the two-color
 * deployment. The source instance `ASG-Web-Instance` is any instance of Web-ASG: the group gives them that Name,
 * as in the workshop, so a search by the tag finds two of them. Of the fleets of `lab` and `course` there is only what they
 * are built of: that image, VPC-Lab, and a server in the default VPC.
 */
export function seedFleet(aws: Aws): void {
  const sim = aws.simulation
  seedNetwork(sim)
  seedImage(sim, ids.webImage, 'Web Server v1', 'LAMP web server AMI', { Name: 'Web Server v1' })
  seedImage(sim, ids.shopImage, 'shop v1', 'Shop container host', {
    Name: 'shop v1',
    'docker:image:name': 'shop',
    'docker:image:version': 'v1',
  })
  seedWeb(sim)
  seedShop(sim)
  seedCourse(sim)
  sim.changed()
}

function seedWeb(sim: Simulation): void {
  seedTemplate(sim, ids.webTemplate, 'Web', 'Immersion Day Web Instances Template - Web only', {
    ImageId: ids.webImage,
    InstanceType: 't2.micro',
    SecurityGroupIds: [ids.webGroup],
    TagSpecifications: [
      { ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'Web Instance' }] },
      { ResourceType: 'volume', Tags: [{ Key: 'Name', Value: 'Web Instance' }] },
    ],
  })
  const targetGroup = seedBalancer(sim, 'Web-ALB', 'Web-TG')
  const group = seedGroup(sim, targetGroup, {
    AutoScalingGroupName: 'Web-ASG',
    LaunchTemplate: { LaunchTemplateId: ids.webTemplate, Version: '$Default' },
    MinSize: 2,
    DesiredCapacity: 2,
    MaxSize: 4,
    Tags: [{ Key: 'Name', Value: 'ASG-Web-Instance', PropagateAtLaunch: true }],
  })
  putPolicy(sim, group, cpuTracking('Target Tracking Policy', 30))
}

function seedShop(sim: Simulation): void {
  seedTemplate(sim, ids.shopTemplate, 'shop', 'Shop container host', {
    ImageId: ids.shopImage,
    InstanceType: 't2.micro',
    SecurityGroupIds: [ids.shopGroup],
  })
  const targetGroup = seedBalancer(sim, 'shop-ALB', 'shop-TG')
  const tagged = (name: string, version: string) =>
    [
      ['Name', name],
      ['docker:image:name', 'shop'],
      ['docker:image:version', version],
    ].map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: true }))
  const common = { LaunchTemplate: { LaunchTemplateId: ids.shopTemplate, Version: '$Default' }, MaxSize: 8 }
  const blue = seedGroup(sim, targetGroup, {
    ...common,
    AutoScalingGroupName: 'shop-blue',
    MinSize: 2,
    DesiredCapacity: 4,
    Tags: tagged('shop-blue', 'v1'),
  })
  seedGroup(sim, targetGroup, {
    ...common,
    AutoScalingGroupName: 'shop-green',
    MinSize: 0,
    DesiredCapacity: 0,
    Tags: tagged('shop-green', 'v1'),
  })
  putPolicy(sim, blue, cpuTracking('cpu-50', 50))
  putAlarm(sim, 'shop-errors', {
    AlarmDescription: 'Targets of shop answer with errors',
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'HTTPCode_Target_5XX_Count',
    Dimensions: [{ Name: 'LoadBalancer', Value: dimensionOf(sim, 'shop-ALB') }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 3,
    Threshold: 10,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    StateValue: 'OK',
  })
}

const cpuTracking = (PolicyName: string, TargetValue: number) => ({
  AutoScalingGroupName: undefined,
  PolicyName,
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingConfiguration: {
    PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' as const },
    TargetValue,
    DisableScaleIn: false,
  },
})

/** The last part of a load balancer's ARN, as metrics name it. */
function dimensionOf({ world }: Simulation, name: string): string {
  for (const { arn, shape } of world.loadBalancers.values())
    if (shape.LoadBalancerName === name) return arn.replace(/^.*:loadbalancer\//, '')
  throw new Error(`The seed has no load balancer ${name}`)
}
