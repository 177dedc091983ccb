import type { CloudWatchHandlers } from '../handlers'
import { alarmHandlers } from './alarms'
import { metricHandlers } from './metrics'
import { cloudWatchTagHandlers } from './tags'

/** All CloudWatch actions that the simulator knows. */
export const cloudWatchHandlers = {
  ...alarmHandlers,
  ...metricHandlers,
  ...cloudWatchTagHandlers,
} satisfies CloudWatchHandlers
