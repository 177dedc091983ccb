import { groupSubject, imageSubject } from '../../../domain/fleet/event-subject'
import type { QueuedEvent } from '../../../ports/event-queue'

/** By what a heartbeat is known; no source of AWS's own begins otherwise than with `aws.`. */
export const heartbeatSource = 'rollcall'
export const heartbeatType = 'Rollcall Heartbeat'

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What an event says, in EventBridge's envelope (EventBridge user guide, "AWS service event metadata"): Auto Scaling's
 * name their group, those of image states their image (EC2 user guide, "Monitor AMI events"). All else says nothing.
 */
export const readEvent = (body: string): QueuedEvent => {
  const event = parsed(body)
  const detail = event['detail']
  if (!isFields(detail)) return { kind: 'unknown' }
  const { AutoScalingGroupName: group, ImageId: image, sentAt } = detail
  if (event['source'] === 'aws.autoscaling' && typeof group === 'string')
    return { kind: 'subject', subject: groupSubject(group) }
  if (event['source'] === 'aws.ec2' && typeof image === 'string')
    return { kind: 'subject', subject: imageSubject(image) }
  if (event['source'] === heartbeatSource && typeof sentAt === 'number') return { kind: 'heartbeat', sentAt }
  return { kind: 'unknown' }
}

const parsed = (body: string): Fields => {
  try {
    const value: unknown = JSON.parse(body)
    return isFields(value) ? value : {}
  } catch {
    return {}
  }
}
