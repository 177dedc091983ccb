import { canonicalJson } from '../json'
import type { ScalingPolicy } from './fleet'

/** What a policy's settings say of how it changes a capacity, as PutScalingPolicy takes them. */
interface Settings {
  readonly [name: string]: unknown
  readonly AdjustmentType?: string
  readonly ScalingAdjustment?: number
  readonly StepAdjustments?: readonly StepAdjustment[] | undefined
  readonly TargetTrackingConfiguration?: Tracking
}
interface StepAdjustment {
  readonly [name: string]: unknown
  readonly ScalingAdjustment?: number
}
interface Tracking {
  readonly [name: string]: unknown
  readonly DisableScaleIn?: boolean
}

const settingsOf = ({ settings }: ScalingPolicy): Settings => JSON.parse(settings) as Settings
const put = (policy: ScalingPolicy, settings: Settings): ScalingPolicy => ({
  ...policy,
  settings: canonicalJson(settings),
})

/**
 * A policy as it adds to a group of `desired` and takes nothing away; undefined where it takes nothing away as it is.
 * Target tracking has a switch for that; of a step policy the steps that take away do nothing, and one that only takes
 * away is disabled, as a simple one is (EC2 Auto Scaling user guide, "Target tracking scaling policies", "Disable a
 * scaling policy", "Step adjustments for step scaling"). Predictive scaling takes nothing away.
 */
export const withoutScaleIn = (policy: ScalingPolicy, desired: number): ScalingPolicy | undefined => {
  if (!policy.enabled) return undefined
  const settings = settingsOf(policy)
  const { TargetTrackingConfiguration: tracking, StepAdjustments: steps = [] } = settings
  if (policy.type === 'TargetTrackingScaling')
    return tracking?.DisableScaleIn === true
      ? undefined
      : put(policy, { ...settings, TargetTrackingConfiguration: { ...tracking, DisableScaleIn: true } })
  // What an exact capacity takes away depends on how many there are.
  const least = settings.AdjustmentType === 'ExactCapacity' ? desired : 0
  const adjustments =
    policy.type === 'SimpleScaling' ? [settings] : policy.type === 'StepScaling' ? steps : []
  const of = ({ ScalingAdjustment = least }: StepAdjustment) => ScalingAdjustment
  if (!adjustments.some((one) => of(one) < least)) return undefined
  if (!adjustments.some((one) => of(one) > least)) return { ...policy, enabled: false }
  const adding = steps.map((one) => ({ ...one, ScalingAdjustment: Math.max(least, of(one)) }))
  return put(policy, { ...settings, StepAdjustments: adding })
}

/** A policy whose scale-ins are held: as it was, and as it stands meanwhile. */
export interface HeldPolicy {
  readonly was: ScalingPolicy
  readonly held: ScalingPolicy
}

const same = (one: unknown, other: unknown): boolean =>
  canonicalJson(one ?? null) === canonicalJson(other ?? null)

/**
 * A policy that is found held as it is to be given back: what was held is as it was, and what somebody else has changed
 * of it meanwhile stays. Undefined where nothing of it is held any more, by somebody else's doing.
 */
export const givenBack = (found: ScalingPolicy, { was, held }: HeldPolicy): ScalingPolicy | undefined => {
  // A read may be older than the hold: what seems never to have been held is given back as well.
  if (same(found, held) || same(found, was)) return was
  if (found.type !== was.type) return undefined
  if (!held.enabled) return found.enabled ? undefined : { ...found, enabled: true }
  const [is, before, meanwhile] = [settingsOf(found), settingsOf(was), settingsOf(held)]
  const { TargetTrackingConfiguration: tracking } = is
  if (tracking) {
    const { DisableScaleIn: wasDisabled = false } = before.TargetTrackingConfiguration ?? {}
    return tracking.DisableScaleIn === true
      ? put(found, { ...is, TargetTrackingConfiguration: { ...tracking, DisableScaleIn: wasDisabled } })
      : undefined
  }
  return same(is.StepAdjustments, meanwhile.StepAdjustments)
    ? put(found, { ...is, StepAdjustments: before.StepAdjustments })
    : undefined
}
