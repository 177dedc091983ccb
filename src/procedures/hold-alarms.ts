import type { PolicyAlarm } from '../domain/fleet/fleet'
import { withoutScaleIn } from '../domain/fleet/scale-in'
import { alarmHoldSteps } from '../domain/steps/checks'
import { reason } from '../domain/reasons/reason'
import { type Milliseconds, minute, second } from '../domain/time/time'
import { done, waiting } from '../durable/poll'
import type { Run } from '../durable/run'
import { checkedRead } from '../facts/checked-read'
import { resume, suspend } from './blue-green/transfer-scaling'
import type { Context } from './context'

const alarmProcess = 'AlarmNotification'
/** So long after two versions served side by side the load of the one that is left is told in full, or is low indeed. */
const quietTimeout: Milliseconds = 6 * minute
const quietInterval: Milliseconds = 30 * second

/** A group as it was before the operation: what was suspended then stays so. */
interface HeldGroup {
  readonly name: string
  readonly suspended: readonly string[]
}

const toHold = ({ suspended }: HeldGroup): readonly string[] =>
  suspended.includes(alarmProcess) ? [] : [alarmProcess]

/** What became of a group's alarms on the way. */
export interface Hold {
  /** Set before the first call of it. */
  begun: boolean
  /** Whether one wanted to scale in before: the load is low indeed, and there is nothing to be waited for. */
  low: boolean
}

export const notHeld = (): Hold => ({ begun: false, low: false })

/**
 * Lets no alarm scale a group for as long as two versions serve side by side. There are twice as many instances as the
 * load needs: its policies would scale in what the new version is compared with, and what is left when one of them goes.
 */
export const holdAlarms = async (run: Run, context: Context, group: HeldGroup, hold: Hold): Promise<void> => {
  hold.begun = true
  const step = alarmHoldSteps.rang.at({ group: group.name })
  const rang = await run.record(step, async () => await wantScaleIn(context, [group.name]))
  if (rang) hold.low = true
  const { name } = group
  const suspended = await suspend(
    run,
    context,
    alarmHoldSteps.hold.at({ group: name }),
    name,
    toHold(group),
    {
      may: 'be denied',
    },
  )
  if (suspended === 'denied')
    await run.note(
      alarmHoldSteps.denied.at({ group: name }),
      reason('scale_ins_not_held', { group: name, permission: 'autoscaling:SuspendProcesses' }),
    )
}

/** Lets them count again; to be called when they are quiet. */
export const releaseAlarms = (run: Run, context: Context, group: HeldGroup): Promise<void> =>
  resume(run, context, alarmHoldSteps.release.at({ group: group.name }), group.name, toHold(group))

/**
 * Waits until no alarm of these groups wants to scale in any more. It looks back on a quarter of an hour in which there
 * were twice as many instances, and CloudWatch goes on to call its policy for as long as it rings (CloudWatch user guide,
 * "Alarm actions"). Where one wants to scale out, nothing is waited for.
 */
export const awaitQuietAlarms = async (
  run: Run,
  context: Context,
  groups: readonly string[],
  { low }: Hold,
): Promise<void> => {
  if (low) return
  await run.wait(alarmHoldSteps.quiet, {
    timeout: quietTimeout * 2,
    onTimeout: () => reason('timed_out', { step: alarmHoldSteps.quiet.label }),
    interval: quietInterval,
    poll: async (memory, _freshness, { now }) => {
      const since = typeof memory === 'number' ? memory : now
      const isOver = now - since >= quietTimeout || !(await wantScaleIn(context, groups))
      return isOver ? done(true) : waiting(undefined, since)
    },
  })
}

/** Whether alarms of these groups ring, and all that do want to scale in. What AWS does not tell holds nothing up. */
const wantScaleIn = async ({ account }: Context, groups: readonly string[]): Promise<boolean> => {
  const ringing = await checkedRead(async () => {
    const alarms = (await Promise.all(groups.map((name) => account.groups.policyAlarms(name)))).flat()
    const names = alarms.map(({ name }) => name)
    const states = names.length > 0 ? await account.alarms.states(names) : new Map<string, string>()
    return alarms.filter(({ name }) => states.get(name) === 'ALARM')
  })
  return ringing.ok && ringing.value.length > 0 && ringing.value.every(takesAway)
}

/** Lets the alarms of one group count again, once they are quiet. */
export const releaseWhenQuiet = async (
  run: Run,
  context: Context,
  group: HeldGroup,
  hold: Hold,
): Promise<void> => {
  await awaitQuietAlarms(run, context, [group.name], hold)
  await releaseAlarms(run, context, group)
}

/**
 * Whether what an alarm calls takes away and never adds: target tracking's alarm below its target, which AWS names
 * `TargetTracking-<group>-AlarmLow-<id>`, or a policy of people's own that only takes away.
 */
const takesAway = ({ name, policy }: PolicyAlarm): boolean =>
  policy.type === 'TargetTrackingScaling'
    ? name.startsWith('TargetTracking-') && name.includes('-AlarmLow-')
    : withoutScaleIn(policy, 0)?.enabled === false
