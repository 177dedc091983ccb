import { createHash } from 'node:crypto'
import type { Plan } from './plan'

/** What decides what a plan does; estimates, warnings and wording are not in it. */
type DecidingFields = Pick<
  Plan,
  'service' | 'version' | 'strategy' | 'image' | 'template' | 'group' | 'schedule' | 'prune' | 'colors'
>

/**
 * How many instances are there at this moment decides nothing: while a group still scales it changes by itself, and
 * the capacity that it scales to is in the plan. Whether there are any does.
 */
const settled = (group: Plan['group']) =>
  group && {
    ...group,
    outdated: group.outdated > 0,
    standby: group.standby > 0,
    protected: group.protected > 0,
  }

/**
 * Fingerprint of a plan: 12 hex digits that change whenever what would be done changes. Confirmations and
 * approvals are bound to it.
 */
export const fingerprint = (plan: DecidingFields): string =>
  createHash('sha256')
    .update(
      canonicalJson({
        service: plan.service,
        version: plan.version,
        strategy: plan.strategy,
        image: plan.image,
        template: plan.template,
        group: settled(plan.group),
        schedule: plan.schedule,
        prune: plan.prune && { ...plan.prune, kept: undefined, later: undefined },
        colors: plan.colors,
      }),
    )
    .digest('hex')
    .slice(0, 12)

/** JSON with the keys of every object in order, so that equal values give equal text. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
