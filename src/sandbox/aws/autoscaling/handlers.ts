import type { AutoScalingHandlers } from '../handlers'
import { activityHandlers } from './activities'
import { attachmentHandlers } from './attachments'
import { describeHandlers } from './describe'
import { groupHandlers } from './groups'
import { policyHandlers } from './policies'
import { groupTagHandlers } from './tags'

/** All Auto Scaling actions that the simulator knows. */
export const autoScalingHandlers = {
  ...activityHandlers,
  ...attachmentHandlers,
  ...describeHandlers,
  ...groupHandlers,
  ...groupTagHandlers,
  ...policyHandlers,
} satisfies AutoScalingHandlers
