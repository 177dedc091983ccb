import { baseOf } from '../../../domain/events/base'
import type { Group, TemplatePin } from '../../../domain/fleet/fleet'
import { type Reason, reason } from '../../../domain/reasons/reason'
import { templateSteps } from '../../../domain/steps/fleet'
import { hour, type Milliseconds, second } from '../../../domain/time/time'
import { done, failed, type PollResult, waiting } from '../../../durable/poll'
import { active, heaviest, unitsOf } from '../../../domain/fleet/serving'
import type { Run } from '../../../durable/run'
import { type Context, planned } from '../../context'
import { runningRefresh } from '../../../facts/fleet/gather-fleet'

/** A group as it was before an operation touched it: what the way back restores. */
export interface GroupSnapshot {
  readonly [key: string]: string | number | readonly string[] | undefined
  readonly name: string
  readonly min: number
  readonly desired: number
  readonly max: number
  /** What its instances count together, where they have weights. */
  readonly units?: number
  readonly cooldown: number
  readonly pin: TemplatePin
  readonly templateId: string
  readonly templateName: string
  /** What the pin resolved to. */
  readonly version: number
  readonly defaultVersion: number
  readonly imageId?: string
  /** The Systems Manager parameter that named the image. */
  readonly parameter?: string
  readonly suspended: readonly string[]
  readonly terminationPolicies: readonly string[]
  /** The bounds that hold when the event is over that the group was out for; absent where there was none. */
  readonly minAfterEvent?: number
  readonly maxAfterEvent?: number
}

/** Reads may be a little behind: only what stays different for so long has been changed by somebody else. */
export const readDelay: Milliseconds = 20 * second

/**
 * Writes down the group as it is now, before anything is changed. Fails when it is no more what the plan was made
 * for, as it may be after the time that an image takes: there is no way back to a state that nobody recorded.
 */
export const snapshotGroup = (run: Run, context: Context): Promise<GroupSnapshot> =>
  run.wait(templateSteps.snapshot, {
    timeout: hour,
    onTimeout: () => reason('timed_out', { step: templateSteps.snapshot.label, after: hour }),
    poll: async (memory, _, { now }) => {
      const look = await readSnapshot(context)
      if (look.kind !== 'failed') return look
      const since = typeof memory === 'number' ? memory : now
      return now - since >= readDelay ? look : waiting(undefined, since)
    },
  })

const readSnapshot = async ({
  account,
  plan,
  calendar,
  service,
  clock,
}: Context): Promise<PollResult<GroupSnapshot>> => {
  const template = planned(plan.template, 'template')
  const { name } = planned(plan.group, 'group')
  const group = await account.groups.describe(name)
  if (!group) return failed(reason('group_not_found', { group: name }))
  if (group.status) return failed(reason('group_being_deleted', { group: name, status: group.status }))
  if (!group.template) return failed(reason('group_without_template', { group: name }))
  const running = (await account.groups.refreshes(name)).find(({ status }) => runningRefresh.has(status))
  if (running) return failed(reason('refresh_already_running', { group: name, refresh: running.id }))
  const version = await account.templates.version(group.template.id, group.template.pin)
  if (group.template.id !== template.id || version?.number !== template.current) {
    const is = version?.number ?? group.template.name
    return failed(
      reason('group_changed', { group: name, what: 'template version', was: template.current, is }),
    )
  }
  const events = await calendar.of(service.name)
  const base = baseOf({ group, events, now: clock.now() })
  return done({
    name: group.name,
    min: group.min,
    desired: group.desired,
    max: group.max,
    ...(heaviest(group) > 1 && { units: unitsOf(active(group)) }),
    cooldown: group.cooldown,
    pin: group.template.pin,
    templateId: template.id,
    templateName: template.name,
    version: template.current,
    defaultVersion: template.default,
    ...(version.imageId !== undefined && { imageId: version.imageId }),
    ...(version.parameter !== undefined && { parameter: version.parameter }),
    suspended: group.suspended,
    terminationPolicies: group.terminationPolicies,
    ...(base.min !== group.min && { minAfterEvent: base.min }),
    ...(base.max !== group.max && { maxAfterEvent: base.max }),
  })
}

/**
 * Whether somebody else has moved the group's template from the version that it is pinned to while we work with it, or
 * taken the group away. One that follows an alias which means this version launches the same: that is how a group is left
 * by an end of the operation whose record was lost with the tail of the store's file.
 */
export const drift = async (
  { account }: Pick<Context, 'account'>,
  group: Group | undefined,
  { name, templateId }: Pick<GroupSnapshot, 'name' | 'templateId'>,
  version: number,
): Promise<Reason | undefined> => {
  if (!group) return reason('group_not_found', { group: name })
  if (group.status) return reason('group_being_deleted', { group: name, status: group.status })
  const { id, pin } = group.template ?? {}
  if (pin === version) return undefined
  const means =
    id === templateId && typeof pin === 'string'
      ? (await account.templates.version(id, pin))?.number
      : undefined
  return means === version
    ? undefined
    : reason('group_changed', { group: name, what: 'template version', was: version, is: pin })
}
