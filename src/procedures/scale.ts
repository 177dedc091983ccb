import { planScale } from '../domain/planning/scale'
import { refusedPlan } from '../domain/planning/facts'
import { type Reason, reason } from '../domain/reasons'
import type { Request } from '../domain/request'
import { active, type FleetNow, isServing, isShort, snapshot } from '../domain/serving'
import { done, type Look, waiting } from '../durable/look'
import type { Run } from '../durable/run'
import { type Context, planned, type Runbook } from './context'
import { launchFailure } from './parts/launch-failures'
import { liveGroup } from './parts/live-group'
import { pastOf } from './parts/past'
import { see } from './parts/see'
import { setGroup } from './parts/set-group'
import { unhealthy } from './parts/unhealthy'

type Scale = Extract<Request, { procedure: 'scale' }>

/** `/asg scale <service> desired=4`: other sizes now, and its instances healthy. */
export const scale: Runbook<Scale> = {
  async plan(request, desk) {
    const { service, account } = desk
    const [group, past] = await Promise.all([liveGroup(account, service), pastOf(desk, 'scale')])
    return 'code' in group ? refusedPlan(group) : planScale({ service, past }, group, request)
  },

  async run(run, context) {
    const { name, before, after } = planned(context.plan.group, 'group')
    const back = { min: before.min, desired: before.desired, max: before.max }
    run.undo('sizes', (undoing) => setGroup(undoing, context, 'fleet/sizes', name, back))
    await setGroup(run, context, 'fleet/scale', name, {
      min: after.min,
      desired: after.desired,
      max: after.max,
    })
    await becomeHealthy(run, context, name)
  },
}

/**
 * Waits until the group has as many instances as it wants, all serving. That they do not come is told to a person, and
 * not taken back: to take capacity away again could cost instances that serve.
 */
const becomeHealthy = async (run: Run, context: Context, group: string): Promise<void> => {
  const { timeout } = context.service.gate
  for (let turn = 1; ; turn += 1) {
    const seen = await run.interruptibleWait<{ readonly trouble: string }>(`health/in service ${turn}`, {
      // Its own deadline comes first, so that it ends with what was seen.
      within: timeout * 2,
      late: () => unhealthy(undefined, context, { after: timeout }),
      look: async (memory, freshness) => {
        const now = context.clock.now()
        const began = typeof memory === 'number' ? memory : now
        const fleet = await see(context.account, group, freshness)
        if (!fleet) return troubled(reason('group_not_found', { group }))
        await run.show(snapshot(fleet, now))
        if (isSettled(fleet)) return done({ trouble: '' })
        const broken = isShort(fleet) && (await launchFailure(context, group, began))
        if (broken) return troubled(broken)
        if (now - began >= timeout) return troubled(unhealthy(fleet, context, { after: timeout }))
        const serving = active(fleet.group).filter((one) => isServing(fleet, one)).length
        return waiting({ detail: `${serving}/${fleet.group.desired}` }, began)
      },
    })
    if (seen === 'interrupted') {
      await run.hold(`health/${turn}`)
      continue
    }
    run.commit()
    if (seen.trouble !== '') await run.fail('health/trouble', JSON.parse(seen.trouble) as Reason)
    return
  }
}

const troubled = (why: Reason): Look<{ readonly trouble: string }> => done({ trouble: JSON.stringify(why) })

const isSettled = (fleet: FleetNow): boolean => {
  const present = active(fleet.group)
  return present.length === fleet.group.desired && present.every((one) => isServing(fleet, one))
}
