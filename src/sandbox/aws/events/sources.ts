import type { Activity, Group } from '../autoscaling/state'
import type { Refresh } from '../autoscaling/refresh-state'
import type { Image } from '../ec2/state'
import type { Simulation } from '../engine/simulation'
import type { EventBus } from './bus'

/**
 * Lets Auto Scaling and EC2 tell the bus what happens, by their own names: "Amazon EC2 Auto Scaling event reference" and
 * "Instance refresh example events and patterns" (EC2 Auto Scaling user guide), "Monitor AMI events" (EC2 user guide).
 */
export function tellEvents(sim: Simulation, bus: EventBus): void {
  sim.on('activity', (group, activity) => {
    const [kind = ''] = activity.description.split(' ')
    const type = activityTypes[kind]
    if (!type) return
    const outcome = activity.status === 'Successful' ? 'Successful' : 'Unsuccessful'
    bus.put({
      ...ofGroup(group),
      type: `EC2 Instance ${type} ${outcome}`,
      detail: activityDetail(group, activity),
    })
  })
  sim.on('refresh', (group, refresh) => {
    const type = refreshTypes[refresh.status]
    if (!type) return
    const detail = { InstanceRefreshId: refresh.id, AutoScalingGroupName: group.name }
    bus.put({ ...ofGroup(group), type: `EC2 Auto Scaling Instance Refresh ${type}`, detail })
  })
  sim.on('image', (image) => {
    if (image.state === 'pending') return
    bus.put({
      source: 'aws.ec2',
      type: 'EC2 AMI State Change',
      resources: [imageArn(sim, image)],
      detail: imageDetail(image),
    })
  })
}

/** Of moves to and from Standby there is no event. */
const activityTypes: Readonly<Record<string, string>> = { Launching: 'Launch', Terminating: 'Terminate' }

const refreshTypes: Readonly<Record<string, string>> = {
  InProgress: 'Started',
  Baking: 'Started Baking',
  Successful: 'Succeeded',
  Failed: 'Failed',
  Cancelled: 'Cancelled',
  RollbackInProgress: 'Rollback Started',
  RollbackSuccessful: 'Rollback Succeeded',
  RollbackFailed: 'Rollback Failed',
} satisfies Partial<Record<Refresh['status'], string>>

const ofGroup = (group: Group) => ({ source: 'aws.autoscaling', resources: [group.arn] })

const activityDetail = (group: Group, activity: Activity) => ({
  StatusCode: activity.status === 'Successful' ? 'InProgress' : activity.status,
  Description: activity.description,
  AutoScalingGroupName: group.name,
  ActivityId: activity.id,
  Details: JSON.parse(activity.details) as unknown,
  RequestId: activity.id,
  StatusMessage: activity.message ?? '',
  StartTime: new Date(activity.startedAt).toISOString(),
  EndTime: activity.endedAt === undefined ? undefined : new Date(activity.endedAt).toISOString(),
  EC2InstanceId: /\bi-[0-9a-f]+/.exec(activity.description)?.[0],
  Cause: activity.cause,
})

const imageArn = ({ world }: Simulation, image: Image) => `arn:aws:ec2:${world.region}::image/${image.id}`

const imageDetail = (image: Image) => ({
  RequestId: image.id,
  ImageId: image.id,
  State: image.state,
  ErrorMessage: image.reason?.message ?? '',
})
