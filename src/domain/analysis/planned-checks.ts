import type { Service } from '../catalogue/catalogue'
import { fingerprint } from '../operation/fingerprint'
import type { Planned } from '../operation/planning'
import type { PlannedTask } from '../operation/plan'
import { ok } from '../result'
import { minute, type Milliseconds } from '../time/time'

/** How long a verdict usually takes: five minutes, the one that had begun, and until CloudWatch tells of them. */
const usualTime: Milliseconds = 8 * minute

/** A plan of something new, with what customers must not notice of it. A way back is never held up by that. */
export const withChecks = ({ checks }: Pick<Service, 'checks'>, planned: Planned): Planned => {
  if (!planned.ok || !checks) return planned
  const plan = planned.value
  const shares = plan.colors?.weights?.steps.length
  const checked = shares === undefined ? 'health' : 'weights'
  const tasks = plan.tasks.map(
    (task): PlannedTask =>
      task.name === checked
        ? { ...task, expected: Math.max(task.expected, usualTime * (shares ?? 1)) }
        : task,
  )
  const complete = { ...plan, checks, tasks }
  return ok({ ...complete, fingerprint: fingerprint(complete) })
}
