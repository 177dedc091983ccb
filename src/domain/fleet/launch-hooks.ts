import type { Plan } from '../operation/plan'
import type { Milliseconds } from '../time/time'
import type { Activity } from './fleet'

type Planned = Pick<Plan, 'group' | 'colors'>

/** The lifecycle hooks that hold new instances of a group that a plan moves or brings up. */
const launchHooksOf = ({ group, colors }: Planned, name: string) =>
  group?.name === name
    ? (group.launchHooks ?? [])
    : (colors?.components.find(({ to }) => to.name === name)?.launchHooks ?? [])

/** Their names, for whoever wonders what an instance waits for. */
export const launchHookNames = (plan: Planned | undefined, group: string): readonly string[] =>
  plan ? launchHooksOf(plan, group).map(({ name }) => name) : []

/** Whether an activity of a group is the launch of an instance. */
export const isLaunch = ({ description }: Activity): boolean =>
  description.startsWith('Launching a new EC2 instance')

/** How long they may hold a new instance: AWS's own time. */
export const launchHookTime = (plan: Planned, group: string): Milliseconds =>
  Math.max(0, ...launchHooksOf(plan, group).map(({ timeout }) => timeout))
