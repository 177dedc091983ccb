import type { CloudWatchHandlers } from '../handlers'
import { alarmHandlers } from './alarms'
import { metricHandlers } from './metrics'

/** All CloudWatch actions that the simulator knows. */
export const cloudWatchHandlers = { ...alarmHandlers, ...metricHandlers } satisfies CloudWatchHandlers
