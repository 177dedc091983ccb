import { record, step, wait } from '../step'

/** A color comes up, or goes to zero. */
export const colorFleetSteps = {
  sizes: record.per(['group'], { task: 'fleet', name: 'sizes', visible: false }),
  comeUp: step.per(['group'], { task: 'fleet', name: 'come up', visible: true, effect: 'group' }),
  beforeLeaving: wait.per(['group'], { task: 'fleet', name: 'before leaves', visible: false }),
  zero: step.per(['group'], { task: 'fleet', name: 'zero', visible: true, effect: 'group' }),
  zeroAgain: step.per(['group', 'round'], { task: 'fleet', name: 'zero', visible: true, effect: 'group' }),
  leaves: wait.per(['group', 'round'], { task: 'fleet', name: 'leaves', visible: true }),
  protectedNow: record.per(['group', 'round'], { task: 'fleet', name: 'protected', visible: false }),
  unprotect: step.per(['group', 'round'], {
    task: 'fleet',
    name: 'unprotect',
    visible: true,
    effect: 'protection',
    ends: true,
  }),
}

/** Both colors before one is brought back from weight 0, and the sizes that it gets. */
export const keptColorSteps = {
  snapshot: step({ task: 'health', name: 'as it is', visible: false, effect: 'none' }),
  sizes: step.per(['group'], { task: 'health', name: 'sizes', visible: true, effect: 'group' }),
}
