import { record, step } from '../step'

/** Policies and scheduled actions that are made on a group or taken from it, in the tasks that do so. */
const scalingSteps = (task: 'copy' | 'handover' | 'finish') => ({
  policy: step.per(['group', 'policy'], { task, name: 'policy', visible: true, effect: 'policy' }),
  action: step.per(['group', 'action'], { task, name: 'action', visible: true, effect: 'action' }),
  takePolicy: step.per(['group', 'policy'], { task, name: 'take policy', visible: true, effect: 'policy' }),
  takeAction: step.per(['group', 'action'], { task, name: 'take', visible: true, effect: 'action' }),
})

export type ScalingSteps = ReturnType<typeof scalingSteps>

/** What scales the color that serves is copied to the other one. */
export const copySteps = {
  ...scalingSteps('copy'),
  suspend: step.per(['group'], { task: 'copy', name: 'hold', visible: true, effect: 'suspension' }),
  swapUndone: record({ task: 'copy', name: 'as it was', visible: false }),
  scalingNow: record.per(['component'], { task: 'copy', name: 'what scales', visible: false }),
}

/** The color that came up becomes the one whose alarms and actions count. */
export const transferSteps = {
  ...scalingSteps('handover'),
  changes: record.per(['group'], { task: 'handover', name: 'changes', visible: false }),
  resume: step.per(['group'], {
    task: 'handover',
    name: 'alarms count',
    visible: true,
    effect: 'suspension',
    ends: true,
  }),
  enablePolicy: step.per(['group', 'policy'], {
    task: 'handover',
    name: 'enable',
    visible: true,
    effect: 'policy',
  }),
}

/** What scales a color is as it was again. */
export const restoreScalingSteps = {
  ...scalingSteps('finish'),
  beyond: record.per(['group'], { task: 'finish', name: 'beyond', visible: false }),
  addedSince: record.per(['group'], { task: 'finish', name: 'added since', visible: false }),
  takeAddedSince: step.per(['group', 'action'], {
    task: 'finish',
    name: 'take added since',
    visible: true,
    effect: 'action',
  }),
  resume: step.per(['group'], {
    task: 'finish',
    name: 'let go',
    visible: true,
    effect: 'suspension',
    ends: true,
  }),
}
