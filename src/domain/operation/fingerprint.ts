import { createHash } from 'node:crypto'
import type { Plan } from './plan'
import { canonicalJson } from '../json'

/** What a plan shows and does not decide: estimates, wording, what was there before. */
const presentation = ['before', 'confirm', 'tasks', 'calls', 'warnings', 'fingerprint'] as const

/** What decides what will be done: an approval is bound to it, and people must see it. */
export type DecidingPart = Exclude<keyof Plan, (typeof presentation)[number]>

const isPresentation = (part: string): boolean => presentation.some((known) => known === part)

/**
 * How many instances are there at this moment decides nothing: while a group still scales it changes by itself, and
 * the capacity that it scales to is in the plan. Whether there are any does. Nor does how long its launches take.
 */
const settled = (group: Plan['group']) =>
  group && {
    ...group,
    outdated: group.outdated > 0,
    standby: group.standby > 0,
    protected: group.protected > 0,
    launchTime: undefined,
  }

/**
 * Fingerprint of a plan: 12 hex digits that change whenever what would be done changes. Confirmations and
 * approvals are bound to it. All of the plan counts but its presentation, so that no field can be forgotten.
 */
export const fingerprint = (plan: Omit<Plan, 'fingerprint'>): string => {
  const deciding = Object.fromEntries(Object.entries(plan).filter(([name]) => !isPresentation(name)))
  const prune = plan.prune && { ...plan.prune, kept: undefined, later: undefined }
  return createHash('sha256')
    .update(canonicalJson({ ...deciding, group: settled(plan.group), prune }))
    .digest('hex')
    .slice(0, 12)
}
