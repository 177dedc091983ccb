import { reason } from '../../domain/reasons'
import { active, isOn, snapshot } from '../../domain/serving'
import { done, failed, waiting } from '../../durable/look'
import type { Run } from '../../durable/run'
import type { Context } from '../context'
import { passGate } from './gate'
import { protect } from './protect'
import { replaceInstances } from './replace'
import { see } from './see'
import { setGroup } from './set-group'
import { drift, type Shape } from './shape'

/** Oldest template first, then oldest instance: what a scale-in takes while the new ones are protected. */
const oldestFirst = ['OldestLaunchTemplate', 'OldestInstance']

/**
 * Doubles the fleet on the new version, lets it pass the gate beside the old one, then scales back in. The new
 * instances are protected meanwhile, for the balance of zones goes before every termination policy
 * (EC2 Auto Scaling user guide, "Control which instances terminate").
 */
export const surgeInstances = async (
  run: Run,
  context: Context,
  before: Shape,
  version: number,
): Promise<void> => {
  const doubled = before.desired * 2
  const template = { id: before.templateId, pin: version }
  await setGroup(run, context, 'fleet/double', before.name, {
    template,
    desired: doubled,
    max: Math.max(before.max, doubled),
  })
  await passGate(run, context, before, {
    key: 'fleet/new beside old',
    version,
    bake: context.service.gate.bake,
    count: before.desired,
    besideOld: true,
  })

  const kept = await run.record('fleet/new instances', async () => {
    const group = await context.account.groups.describe(before.name)
    return group && active(group).flatMap((one) => (isOn(one, { id: template.id, version }) ? one.id : []))
  })
  run.undo('scale-in protection', (back) =>
    protect(back, context, 'fleet/unprotect', before.name, kept, false),
  )
  await protect(run, context, 'fleet/protect', before.name, kept, true)
  await setGroup(run, context, 'fleet/oldest first', before.name, { terminationPolicies: oldestFirst })
  await scaleBackIn(run, context, before, version)
  await protect(run, context, 'fleet/unprotect', before.name, kept, false)

  // A scale-in that somebody else's took part in may have left one of the old: it goes the careful way.
  await replaceInstances(run, context, before, { name: 'straggler', version, extra: 0 })
}

const scaleBackIn = async (run: Run, context: Context, before: Shape, version: number): Promise<void> => {
  const template = { id: before.templateId, version }
  const old = (group: Parameters<typeof active>[0]) => active(group).filter((one) => !isOn(one, template))
  const target = await run.record('fleet/how many leave', async () => {
    const group = await context.account.groups.describe(before.name)
    return group && Math.max(group.desired - old(group).length, before.desired)
  })
  await setGroup(run, context, 'fleet/scale back in', before.name, { desired: target })
  await run.wait('fleet/old ones leave', {
    within: context.service.gate.timeout,
    late: () => reason('timed_out', { step: 'fleet/old ones leave', after: context.service.gate.timeout }),
    look: async () => {
      const fleet = await see(context.account, before.name)
      const changed = drift(fleet?.group, { name: before.name, pin: version })
      if (!fleet || changed) return failed(changed ?? reason('group_not_found', { group: before.name }))
      await run.show(snapshot(fleet, context.clock.now()))
      const left = old(fleet.group).length
      // A person's scale-out in the meantime leaves more desired than counted here: nothing more will leave.
      const settled = active(fleet.group).length <= fleet.group.desired
      return left === 0 || settled ? done(true) : waiting({ detail: `${left}` })
    },
  })
}
