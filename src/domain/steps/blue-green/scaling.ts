import { stepsOf } from '../step'

const copy = stepsOf('copy')
const handover = stepsOf('handover')
const finish = stepsOf('finish')

/** Policies and scheduled actions that are made on a group or taken from it, in the tasks that do so. */
const scalingSteps = (task: 'copy' | 'handover' | 'finish') => {
  const { step } = stepsOf(task)
  return {
    policy: step.per(['group', 'policy'], 'policy', { visible: true, effect: 'policy' }),
    action: step.per(['group', 'action'], 'action', { visible: true, effect: 'action' }),
    takePolicy: step.per(['group', 'policy'], 'take policy', { visible: true, effect: 'policy' }),
    takeAction: step.per(['group', 'action'], 'take', { visible: true, effect: 'action' }),
  }
}

export type ScalingSteps = ReturnType<typeof scalingSteps>

/** What scales the color that serves is copied to the other one. */
export const copySteps = {
  ...scalingSteps('copy'),
  suspend: copy.step.per(['group'], 'hold', { visible: true, effect: 'suspension' }),
  swapUndone: copy.record('as it was', { visible: false }),
  scalingNow: copy.record.per(['component'], 'what scales', { visible: false }),
}

/** The color that came up becomes the one whose alarms and actions count. */
export const transferSteps = {
  ...scalingSteps('handover'),
  changes: handover.record.per(['group'], 'changes', { visible: false }),
  resume: handover.step.per(['group'], 'alarms count', { visible: true, ends: 'suspension' }),
  enablePolicy: handover.step.per(['group', 'policy'], 'enable', { visible: true, effect: 'policy' }),
}

/** What scales a color is as it was again. */
export const restoreScalingSteps = {
  ...scalingSteps('finish'),
  beyond: finish.record.per(['group'], 'beyond', { visible: false }),
  addedSince: finish.record.per(['group'], 'added since', { visible: false }),
  takeAddedSince: finish.step.per(['group', 'action'], 'take added since', {
    visible: true,
    effect: 'action',
  }),
  resume: finish.step.per(['group'], 'let go', { visible: true, ends: 'suspension' }),
}
