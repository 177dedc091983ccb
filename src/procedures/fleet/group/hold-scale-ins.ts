import type { ScalingPolicy } from '../../../domain/fleet/fleet'
import { givenBack, type HeldPolicy, withoutScaleIn } from '../../../domain/fleet/scale-in'
import { samePolicy } from '../../../domain/blue-green/scaling'
import { reason } from '../../../domain/reasons/reason'
import { scaleInHoldSteps } from '../../../domain/steps/scale-ins'
import { done } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import { checkedRead } from '../../../facts/checked-read'
import { isDenied } from '../../../ports/failure'
import type { Context } from '../../context'

/** Suspended, no policy is called by its alarms. */
const alarmProcess = 'AlarmNotification'

/** The group whose scale-ins are held, as it was before the operation. */
interface Held {
  readonly name: string
  readonly desired: number
  readonly suspended: readonly string[]
}

/**
 * Lets no policy scale a group in while its instances are replaced, and gives what is held, for `releaseScaleIns`: alarms
 * ring on while half of the load is answered by instances that are about to go, and AWS would take from what is counted
 * with here. What policies add they go on adding: suspending AlarmNotification would hold that, too. Where that is
 * suspended already nothing is left to be held. Where a right to change policies is missing the roll goes on, and says so.
 */
export const holdScaleIns = async (
  run: Run,
  context: Context,
  { name: group, desired, suspended }: Held,
  held: HeldPolicy[],
): Promise<void> => {
  if (suspended.includes(alarmProcess)) return
  const found = await run.record(scaleInHoldSteps.policies.at({ group }), async () => {
    const policies = await checkedRead(() => context.account.groups.policies(group))
    // What AWS does not tell holds nothing up.
    return policies.ok ? policies.value.flatMap((was) => toHold(was, desired)) : []
  })
  const denied: string[] = []
  for (const policy of found) {
    held.push(policy)
    if ((await holdPolicy(run, context, group, policy)) !== 'denied') continue
    held.pop()
    denied.push(policy.was.name)
  }
  if (denied.length > 0)
    await run.note(
      scaleInHoldSteps.denied.at({ group }),
      reason('scale_ins_not_held', { group, policies: denied, permission: 'autoscaling:PutScalingPolicy' }),
    )
}

/** What is recorded of a policy's step. */
type Choice = { readonly group: string; readonly policies: readonly string[] }

/** As plain data, which a record takes. */
const toHold = (was: ScalingPolicy, desired: number) => {
  const held = withoutScaleIn(was, desired)
  return held ? [{ was: { ...was }, held: { ...held } }] : []
}

const policyOf = async ({ account }: Context, group: string, name: string) =>
  (await account.groups.policies(group)).find((policy) => policy.name === name)

const holdPolicy = (
  run: Run,
  context: Context,
  group: string,
  { held }: HeldPolicy,
): Promise<true | 'gone' | 'denied'> =>
  run.step<'scale-in', Choice, true | 'gone' | 'denied'>(
    scaleInHoldSteps.hold.at({ group, policy: held.name }),
    {
      choose: () => ({ group, policies: [held.name] }),
      observe: async () => {
        const found = await policyOf(context, group, held.name)
        // Who took it away meanwhile does not get it back.
        if (!found) return 'gone'
        return samePolicy(found, held) ? true : undefined
      },
      act: async () => {
        try {
          await context.account.groups.putPolicy(group, held)
          return done(true)
        } catch (failure) {
          if (isDenied(failure)) return done('denied')
          throw failure
        }
      },
    },
  )

/** Gives back what was held, and leaves what somebody else has changed of it or taken away meanwhile. */
export const releaseScaleIns = async (
  run: Run,
  context: Context,
  { name: group }: Pick<Held, 'name'>,
  held: readonly HeldPolicy[],
): Promise<void> => {
  for (const policy of held) await releasePolicy(run, context, group, policy)
}

const releasePolicy = async (
  run: Run,
  context: Context,
  group: string,
  policy: HeldPolicy,
): Promise<void> => {
  const { name } = policy.was
  const toGive = async () => {
    const found = await policyOf(context, group, name)
    return found && givenBack(found, policy)
  }
  await run.step<'scale-in', Choice, true | 'left'>(scaleInHoldSteps.release.at({ group, policy: name }), {
    choose: () => ({ group, policies: [name] }),
    observe: async () => ((await toGive()) ? undefined : 'left'),
    // The same again changes nothing. AWS's answer is enough: a read may still show the policy held.
    act: async () => {
      const given = await toGive()
      if (given) await context.account.groups.putPolicy(group, given)
      return done(true)
    },
  })
}
