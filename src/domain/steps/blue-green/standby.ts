import { stepsOf } from '../step'

const standby = stepsOf('standby')
const finish = stepsOf('finish')

/** A color goes into Standby, comes out of it, or is terminated there. */
export const standbySteps = {
  snapshot: standby.step('as it is', { visible: false, effect: 'none' }),
  swapUndone: standby.record('as it was', { visible: false }),
  scalingNow: standby.record.per(['component'], 'what scales', { visible: false }),
  suspendBalancing: standby.step.per(['group'], 'no balancing', { visible: true, effect: 'suspension' }),
  resumeBalancing: standby.step.per(['group'], 'balancing again', { visible: true, ends: 'suspension' }),
  lowerMinimum: standby.step.per(['group'], 'minimum', { visible: true, effect: 'group' }),
  lowerMinimumAgain: standby.step.per(['group', 'round'], 'minimum', { visible: true, effect: 'group' }),
  drop: standby.step.per(['group', 'round'], 'drop', { visible: true, effect: 'group' }),
  empty: standby.step.per(['group', 'round'], 'empty', { visible: true, effect: 'group' }),
  enter: standby.step.per(['group', 'round'], 'enter', { visible: true, effect: 'standby' }),
  refused: standby.failure.per(['group'], 'refused'),
  pauseUntil: standby.record.per(['group', 'round'], 'pause', { visible: false }),
  pauseOver: standby.wait.per(['group', 'round'], 'pause', { suffix: 'over', visible: false }),
  nextMove: standby.wait.per(['group', 'round'], 'ready', { visible: false }),
  drain: standby.record.per(['group', 'round'], 'drain', { visible: false }),
  stands: standby.wait.per(['group', 'round'], 'stands', { visible: true }),

  keepAll: standby.step.per(['group'], 'no terminations', { visible: true, effect: 'suspension' }),
  asInService: standby.step.per(['group'], 'as in service', { visible: true, effect: 'group' }),
  launchAgain: standby.step.per(['group'], 'launches again', { visible: true, ends: 'suspension' }),
  keepNoMore: standby.step.per(['group'], 'terminations again', { visible: true, ends: 'suspension' }),
  raiseMaximum: standby.step.per(['group'], 'maximum', { visible: true, effect: 'group' }),
  exit: standby.step.per(['group', 'round'], 'exit', { visible: true, ends: 'standby' }),
  ours: standby.record.per(['group'], 'ours', { visible: false }),
  asMany: standby.record.per(['group'], 'as many', { visible: false }),
  sizesFollowed: standby.note.per(['group'], 'sizes followed'),
  sizes: standby.step.per(['group'], 'sizes', { visible: true, effect: 'group' }),
  sizesAsKept: standby.step.per(['group'], 'as it stood', { visible: true, effect: 'group' }),
  settlesAt: standby.record('settles', { visible: false }),
  settled: standby.wait('settles over', { visible: false }),

  terminateDead: standby.step.per(['group'], 'terminate', { visible: true, ends: 'standby' }),
  terminate: standby.step.per(['group', 'round'], 'terminate', { visible: true, ends: 'standby' }),
  notNeeded: standby.wait('is not needed', { visible: true }),
}

/** The window in which a color is kept, and its end. */
export const windowSteps = {
  kept: finish.record('kept', { visible: false }),
  until: finish.record('until', { visible: false }),
  open: finish.step('window', { visible: true, effect: 'none' }),
  monitorFrom: finish.record('monitor from', { visible: false }),
  monitor: finish.step('monitor window', { visible: false, effect: 'none' }),
  close: finish.step('close window', { visible: true, effect: 'none' }),
  idle: finish.step.per(['group'], 'idle', { visible: true, effect: 'group' }),
  gone: finish.wait('gone', { visible: false }),
}
