import {
  copyOf,
  extras,
  disabledPolicy,
  ownsAlarms,
  type Scaling,
  samePolicy,
  standsAs,
  translated,
} from '../../domain/blue-green/scaling'
import type { ComponentSnapshot, GroupSnapshot } from '../../domain/blue-green/snapshot'
import type { ScalingPolicy, ScheduledAction } from '../../domain/fleet/fleet'
import {
  copySteps,
  restoreScalingSteps,
  type ScalingSteps,
  transferSteps,
} from '../../domain/steps/blue-green/scaling'
import type { Step } from '../../domain/steps/step'
import { done, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { AwsFailure, isDenied } from '../../ports/failure'
import type { Context } from '../context'
import { deleteScheduledAction, deleteScalingPolicy } from '../fleet/group/delete-scaling'
import { scalingOf } from '../../facts/blue-green/gather-colors'

/** Suspended on the color that comes up, so that alarms do not scale it before it serves. */
const alarmProcess = 'AlarmNotification'
/** Processes whose suspension by a person is part of how a group scales: the other color gets it too. */
const copiedProcesses = [alarmProcess, 'ScheduledActions', 'AZRebalance', 'InstanceRefresh']

/** Processes that are suspended on the color that comes up for the time being, and for as long as it serves. */
const suspensions = (from: GroupSnapshot, to: GroupSnapshot) => {
  const missing = (processes: readonly string[]) => processes.filter((one) => !to.suspended.includes(one))
  const lasting = missing(copiedProcesses.filter((one) => from.suspended.includes(one)))
  const temporary = missing([alarmProcess]).filter((one) => !lasting.includes(one))
  return { kept: lasting, meanwhile: temporary }
}

/**
 * Copies what scales the color that serves to the one that comes up: policies and scheduled actions, in full, with the
 * alarms held back. What the other one had of its own gives way first. Nothing is taken from the one that serves, so
 * that no action is missed: for a while both carry it. ScheduledActions is never suspended: what is missed meanwhile
 * never comes again (EC2 Auto Scaling user guide, "Suspend and resume a process").
 */
export const copyScaling = async (
  run: Run,
  context: Context,
  { from, to }: ComponentSnapshot,
): Promise<void> => {
  const { kept: lasting, meanwhile: temporary } = suspensions(from, to)
  await suspend(run, context, copySteps.suspend.at({ group: to.name }), to.name, [...lasting, ...temporary])
  await removeScaling(run, context, copySteps, to, extras(to, from))
  await putScaling(run, context, copySteps, from, to, from)
}

/** Makes policies and actions of one group on another one, alarms of AWS's own making held back where need be. */
const putScaling = async (
  run: Run,
  context: Context,
  steps: ScalingSteps,
  from: Pick<GroupSnapshot, 'name' | 'targetGroups'>,
  to: Pick<GroupSnapshot, 'name' | 'targetGroups'>,
  { policies, actions }: Scaling,
): Promise<void> => {
  for (const policy of policies) {
    const copy = disabledPolicy(translated(policy, from, to))
    await putPolicy(run, context, steps.policy.at({ group: to.name, policy: policy.name }), to.name, copy)
  }
  for (const action of actions) await putAction(run, context, steps, to.name, action)
}

/**
 * Makes the color that came up the one whose alarms and actions count: what others changed meanwhile is brought across,
 * its alarms are resumed, unless they are held, and only then are actions and policies taken from the other one. Policies whose alarms are
 * people's own stay there, disabled: made anew they would have another ARN, which those alarms do not call.
 */
export const transferScaling = async (
  run: Run,
  context: Context,
  component: ComponentSnapshot,
  { held = false }: { readonly held?: boolean } = {},
): Promise<void> => {
  const { from, to } = component
  const changes = await run.record(transferSteps.changes.at({ group: from.name }), async () => {
    const [now, there] = await Promise.all([
      scalingOf(context.account, from.name),
      scalingOf(context.account, to.name),
    ])
    const policies = now.policies.filter((policy) => {
      const copy = disabledPolicy(translated(policy, from, to))
      return !there.policies.some((one) => samePolicy(one, copy))
    })
    const actions = now.actions.filter((action) => {
      const copy = copyOf(action, context.clock.now())
      return copy !== undefined && !there.actions.some((one) => standsAs(one, copy))
    })
    return { changed: asPlainData({ policies, actions }), serving: asPlainData(now) }
  })
  await putScaling(run, context, transferSteps, from, to, changes.changed)
  if (!held) await resumeTransferred(run, context, component)
  for (const policy of changes.serving.policies) {
    const own = translated(policy, from, to)
    if (samePolicy(own, disabledPolicy(own))) continue
    const enable = transferSteps.enablePolicy.at({ group: to.name, policy: policy.name })
    await putPolicy(run, context, enable, to.name, own)
  }
  await removeScaling(run, context, transferSteps, from, changes.serving)
}

/** Lets the alarms of the color that came up count. */
export const resumeTransferred = (
  run: Run,
  context: Context,
  { from, to }: ComponentSnapshot,
): Promise<void> =>
  resume(run, context, transferSteps.resume.at({ group: to.name }), to.name, suspensions(from, to).meanwhile)

/** Policies and scheduled actions of a group as they were, and its processes: the way back of a color that came up. */
export const restoreScaling = async (
  run: Run,
  context: Context,
  component: ComponentSnapshot,
): Promise<void> => {
  const { from, to } = component
  const added = await run.record(restoreScalingSteps.beyond.at({ group: to.name }), async () =>
    asPlainData(extras(await scalingOf(context.account, to.name), to)),
  )
  await removeScaling(run, context, restoreScalingSteps, to, added, { whole: true })
  for (const policy of to.policies) {
    const restore = restoreScalingSteps.policy.at({ group: to.name, policy: policy.name })
    await putPolicy(run, context, restore, to.name, policy)
  }
  for (const action of to.actions) await putAction(run, context, restoreScalingSteps, to.name, action)
  const { kept: lasting, meanwhile: temporary } = suspensions(from, to)
  await resume(run, context, restoreScalingSteps.resume.at({ group: to.name }), to.name, [
    ...lasting,
    ...temporary,
  ])
}

/**
 * Takes the scheduled actions that others gave the color that goes while it was scaled to zero: they would bring it up
 * beside the one that serves.
 */
export const takeAddedActions = async (
  run: Run,
  context: Context,
  { to }: Pick<ComponentSnapshot, 'to'>,
): Promise<void> => {
  const added = await run.record(restoreScalingSteps.addedSince.at({ group: to.name }), async () =>
    extras(await scalingOf(context.account, to.name), to).actions.map(({ name }) => name),
  )
  for (const name of added) {
    const take = restoreScalingSteps.takeAddedSince.at({ group: to.name, action: name })
    await deleteScheduledAction(run, context, take, { group: to.name, name })
  }
}

/** As plain data, which a record takes. */
export const asPlainData = ({ policies, actions }: Scaling) => ({
  policies: policies.map((policy) => ({ ...policy })),
  actions: actions.map((action) => ({ ...action })),
})

/**
 * Takes actions and policies from a group: actions first, which could fire. Policies whose alarms are people's own are
 * disabled, unless they were only copied there.
 */
const removeScaling = async (
  run: Run,
  context: Context,
  steps: ScalingSteps,
  { name }: Pick<GroupSnapshot, 'name'>,
  { policies, actions }: Scaling,
  { whole = false } = {},
): Promise<void> => {
  for (const action of actions) {
    const take = steps.takeAction.at({ group: name, action: action.name })
    await deleteScheduledAction(run, context, take, { group: name, name: action.name })
  }
  for (const policy of policies) {
    const take = steps.takePolicy.at({ group: name, policy: policy.name })
    if (whole || ownsAlarms(policy))
      await deleteScalingPolicy(run, context, take, { group: name, name: policy.name })
    else await putPolicy(run, context, take, name, { ...policy, enabled: false })
  }
}

/** Makes a policy, or replaces the one of its name. AWS's answer is enough: it may tell of more than was asked for. */
const putPolicy = async (
  run: Run,
  { account }: Context,
  step: Step<'step', 'policy'>,
  group: string,
  policy: ScalingPolicy,
): Promise<void> => {
  await run.step(step, {
    choose: () => ({ group, name: policy.name, enabled: policy.enabled }),
    observe: async () =>
      (await account.groups.policies(group)).some((found) => samePolicy(found, policy)) ? true : undefined,
    act: async () => {
      await account.groups.putPolicy(group, policy)
      return done(true)
    },
  })
}

/** Makes a scheduled action; one whose time has come by then runs where it is, and is not made. */
const putAction = async (
  run: Run,
  context: Context,
  steps: ScalingSteps,
  group: string,
  action: ScheduledAction,
): Promise<void> => {
  const { account, clock } = context
  await run.step(steps.action.at({ group, action: action.name }), {
    choose: () => ({
      group,
      name: action.name,
      desired: action.desired,
      copy: { ...copyOf(action, clock.now()) },
    }),
    observe: async ({ copy }) => {
      if (copy.name === undefined || copyOf(action, clock.now()) === undefined) return 'passed'
      const wanted = { ...copy, name: action.name }
      return (await account.groups.scheduled(group)).some((found) => standsAs(found, wanted))
        ? 'made'
        : undefined
    },
    act: async ({ copy }) => {
      try {
        await account.groups.schedule(group, { ...copy, name: action.name })
        return done('made')
      } catch (failure) {
        // Two at once on one group can make AWS refuse both (reference of PutScheduledUpdateGroupAction).
        if (failure instanceof AwsFailure && failure.code === 'AlreadyExists') return waiting()
        throw failure
      }
    },
  })
}

/** Suspends processes that are not suspended, once; gives `denied` where that `may` be, and a right is missing. */
export const suspend = async (
  run: Run,
  { account }: Context,
  step: Step<'step', 'suspension'>,
  group: string,
  processes: readonly string[],
  { may }: { readonly may?: 'be denied' } = {},
): Promise<true | 'denied'> => {
  if (processes.length === 0) return true
  return run.step<'suspension', Suspending, true | 'denied'>(step, {
    choose: () => ({ group, processes }),
    observe: async () => {
      const now = await account.groups.describe(group)
      return now && processes.every((one) => now.suspended.includes(one)) ? true : undefined
    },
    act: async () => {
      try {
        await account.groups.suspend(group, processes)
        return waiting()
      } catch (failure) {
        if (may === 'be denied' && isDenied(failure)) return done('denied')
        throw failure
      }
    },
  })
}

/** What is recorded of it. */
type Suspending = { readonly group: string; readonly processes: readonly string[] }

/** Resumes what an operation has suspended itself, once. */
export const resume = async (
  run: Run,
  { account }: Context,
  step: Step<'step', 'suspension'>,
  group: string,
  processes: readonly string[],
): Promise<void> => {
  if (processes.length === 0) return
  await run.step(step, {
    choose: () => ({ group, processes }),
    observe: async () => {
      const now = await account.groups.describe(group)
      return now && !processes.some((one) => now.suspended.includes(one)) ? true : undefined
    },
    act: async () => {
      await account.groups.resume(group, processes)
      return waiting()
    },
  })
}
