import { stepsOf } from '../step'

const fleet = stepsOf('fleet')
const health = stepsOf('health')

/** A color comes up, or goes to zero. */
export const colorFleetSteps = {
  sizes: fleet.record.per(['group'], 'sizes', { visible: false }),
  comeUp: fleet.step.per(['group'], 'come up', { visible: true, effect: 'group' }),
  beforeLeaving: fleet.wait.per(['group'], 'before leaves', { visible: false }),
  zero: fleet.step.per(['group'], 'zero', { visible: true, effect: 'group' }),
  zeroAgain: fleet.step.per(['group', 'round'], 'zero', { visible: true, effect: 'group' }),
  leaves: fleet.wait.per(['group', 'round'], 'leaves', { visible: true }),
  protectedNow: fleet.record.per(['group', 'round'], 'protected', { visible: false }),
  unprotect: fleet.step.per(['group', 'round'], 'unprotect', { visible: true, ends: 'protection' }),
}

/** Both colors before one is brought back from weight 0, and the sizes that it gets. */
export const keptColorSteps = {
  snapshot: health.step('as it is', { visible: false, effect: 'none' }),
  sizes: health.step.per(['group'], 'sizes', { visible: true, effect: 'group' }),
}
