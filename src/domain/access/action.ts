import { procedureNames } from '../procedures'

/** Everything people may be allowed to do: each procedure, and each command that starts none. */
export const actions = [
  ...procedureNames,
  'schedules',
  'images',
  'status',
  'history',
  'show',
  'lock',
  'unlock',
  'cancel',
  'approve',
  'help',
  'windows',
  'handover',
  'stats',
  'override',
  'webhooks',
] as const
export type Action = (typeof actions)[number]
