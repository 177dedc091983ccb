import {
  type AutoScalingGroup,
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  StartInstanceRefreshCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  CreateImageCommand,
  CreateLaunchTemplateVersionCommand,
  DescribeInstancesCommand,
  EC2Client,
  ModifyLaunchTemplateCommand,
  waitUntilImageAvailable,
} from '@aws-sdk/client-ec2'
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  waitUntilTargetInService,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { LiveClock } from '../../src/sandbox/clock'
import { type BenchService, capacity, gateBake, imageName, nextVersion } from './fleet'
import { token } from './stage'
import { pause } from './until'

/** Simulated seconds between two looks, as scripts have it. */
const pollEvery = 15
/** A fresh template version may be unknown for some seconds: scripts that have failed by it once sleep. */
const visibleAfter = 5
/** What the SDK's waiters of this trade begin with and end at, in seconds; simulated here like all else. */
const waiterDelays = { minDelay: 15, maxDelay: 120 }
/** The preferences that ours asks for. */
const preferences = {
  MinHealthyPercentage: 100,
  MaxHealthyPercentage: 200,
  BakeTime: gateBake,
  ScaleInProtectedInstances: 'Refresh',
  StandbyInstances: 'Ignore',
} as const

/** The way without Rollcall: a script for each deploy, by the SDK's own means. docs/bench.md says what it does. */
export class NaiveScript {
  private readonly ec2: EC2Client
  private readonly autoScaling: AutoScalingClient
  private readonly elb: ElasticLoadBalancingV2Client

  constructor(
    endpoint: string,
    private readonly clock: LiveClock,
  ) {
    const credentials = { accessKeyId: token, secretAccessKey: 'bench' }
    const config = { endpoint, region: 'ap-northeast-2', credentials }
    this.ec2 = new EC2Client(config)
    this.autoScaling = new AutoScalingClient(config)
    this.elb = new ElasticLoadBalancingV2Client(config)
  }

  /** Deploys the next version from the image to the settled fleet. */
  async deploy(service: BenchService): Promise<void> {
    await this.moveTemplate(service.name, await this.bakeImage(service))
    if (service.strategy === 'refresh') {
      await this.startRefresh(service.name)
      await this.every(async () => (await this.refreshStatus(service.name)) === 'Successful')
    } else if (service.strategy === 'replace') await this.replace(service.name)
    else await this.surge(service.name)
  }

  async startRefresh(group: string): Promise<void> {
    await this.autoScaling.send(
      new StartInstanceRefreshCommand({ AutoScalingGroupName: group, Preferences: preferences }),
    )
  }

  /** One look of a loop that waits for a refresh and wants to show how the fleet does. */
  async lookAtRefresh(group: string): Promise<void> {
    await this.refreshStatus(group)
    const { TargetGroupARNs: [TargetGroupArn] = [] } = await this.group(group)
    await this.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }))
  }

  /** Looks every 15 simulated seconds, at first at once, until it is so. */
  async every(isSo: () => Promise<boolean>): Promise<void> {
    while (!(await isSo())) await this.sleep(pollEvery)
  }

  private sleep(seconds: number): Promise<void> {
    return pause((seconds * 1000) / this.clock.anchor.speed)
  }

  /** What the SDK's waiters are told: their own defaults at the clock's pace. */
  private waiter<Client>(client: Client) {
    const { speed } = this.clock.anchor
    const { minDelay, maxDelay } = waiterDelays
    return { client, minDelay: minDelay / speed, maxDelay: maxDelay / speed, maxWaitTime: 3_600 / speed }
  }

  private async bakeImage(service: BenchService): Promise<string> {
    const { Reservations = [] } = await this.ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: [service.name] }] }),
    )
    const InstanceId = Reservations[0]?.Instances?.[0]?.InstanceId
    const Name = imageName(service, nextVersion)
    const { ImageId = '' } = await this.ec2.send(new CreateImageCommand({ InstanceId, Name, NoReboot: true }))
    await waitUntilImageAvailable(this.waiter(this.ec2), { ImageIds: [ImageId] })
    return ImageId
  }

  private async moveTemplate(LaunchTemplateName: string, ImageId: string): Promise<void> {
    const { LaunchTemplateVersion: made } = await this.ec2.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateName,
        SourceVersion: '$Default',
        LaunchTemplateData: { ImageId },
      }),
    )
    await this.sleep(visibleAfter)
    await this.ec2.send(
      new ModifyLaunchTemplateCommand({ LaunchTemplateName, DefaultVersion: String(made?.VersionNumber) }),
    )
  }

  private async refreshStatus(group: string): Promise<string | undefined> {
    const { InstanceRefreshes } = await this.autoScaling.send(
      new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: group }),
    )
    return InstanceRefreshes?.[0]?.Status
  }

  /** One more place, then each old instance goes once all that are there serve. */
  private async replace(group: string): Promise<void> {
    const old = await this.inService(group)
    await this.update(group, { DesiredCapacity: capacity.desired + 1 })
    for (const [at, InstanceId] of old.entries()) {
      await this.allServe(group, capacity.desired + 1)
      const ShouldDecrementDesiredCapacity = at === old.length - 1
      await this.autoScaling.send(
        new TerminateInstanceInAutoScalingGroupCommand({ InstanceId, ShouldDecrementDesiredCapacity }),
      )
    }
    await this.allServe(group, capacity.desired)
    await this.sleep(gateBake)
    await this.allServe(group, capacity.desired)
  }

  /** Twice the fleet, watched; then back, the oldest template first, and the policy as it was. */
  private async surge(group: string): Promise<void> {
    const { TerminationPolicies } = await this.group(group)
    const old = await this.inService(group)
    await this.update(group, { DesiredCapacity: capacity.desired * 2 })
    await this.allServe(group, capacity.desired * 2)
    await this.sleep(gateBake)
    await this.allServe(group, capacity.desired * 2)
    await this.update(group, { TerminationPolicies: ['OldestLaunchTemplate', 'OldestInstance'] })
    await this.update(group, { DesiredCapacity: capacity.desired })
    await this.every(async () => !(await this.inService(group)).some((id) => old.includes(id)))
    await this.update(group, { TerminationPolicies })
  }

  private async update(
    AutoScalingGroupName: string,
    change: { DesiredCapacity?: number; TerminationPolicies?: string[] | undefined },
  ): Promise<void> {
    await this.autoScaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, ...change }))
  }

  private async group(name: string): Promise<AutoScalingGroup> {
    const { AutoScalingGroups = [] } = await this.autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
    )
    const [found] = AutoScalingGroups
    if (!found) throw new Error(`there is no group ${name}`)
    return found
  }

  private async inService(name: string): Promise<string[]> {
    const { Instances = [] } = await this.group(name)
    return Instances.flatMap(({ InstanceId, LifecycleState }) =>
      InstanceId !== undefined && LifecycleState === 'InService' ? [InstanceId] : [],
    )
  }

  /** So many are InService, and the load balancer says that they are healthy. */
  private async allServe(name: string, count: number): Promise<void> {
    await this.every(async () => (await this.inService(name)).length === count)
    const { TargetGroupARNs: [TargetGroupArn] = [] } = await this.group(name)
    const Targets = (await this.inService(name)).map((Id) => ({ Id }))
    await waitUntilTargetInService(this.waiter(this.elb), { TargetGroupArn, Targets })
  }
}
