import type { AutoScalingHandlers } from '../handlers'
import { activityHandlers } from './activities'
import { attachmentHandlers } from './attachments'
import { describeHandlers } from './describe'
import { groupHandlers } from './groups'
import { healthHandlers } from './health'
import { hookHandlers } from './hooks'
import { configurationHandlers } from './launch-configurations'
import { memberHandlers } from './instances'
import { policyHandlers } from './policies'
import { processHandlers } from './processes'
import { refreshHandlers } from './refresh-handlers'
import { scheduleHandlers } from './schedules'
import { standbyHandlers } from './standby'
import { groupTagHandlers } from './tags'
import { warmPoolHandlers } from './warm-pool'

/** All Auto Scaling actions that the simulator knows. */
export const autoScalingHandlers = {
  ...activityHandlers,
  ...attachmentHandlers,
  ...configurationHandlers,
  ...describeHandlers,
  ...groupHandlers,
  ...groupTagHandlers,
  ...healthHandlers,
  ...hookHandlers,
  ...memberHandlers,
  ...policyHandlers,
  ...processHandlers,
  ...refreshHandlers,
  ...scheduleHandlers,
  ...standbyHandlers,
  ...warmPoolHandlers,
} satisfies AutoScalingHandlers
