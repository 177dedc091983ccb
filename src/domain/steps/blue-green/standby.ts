import { failure, record, step, wait } from '../step'

/** A color goes into Standby, comes out of it, or is terminated there. */
export const standbySteps = {
  snapshot: step({ task: 'standby', name: 'as it is', visible: false, effect: 'none' }),
  swapUndone: record({ task: 'standby', name: 'as it was', visible: false }),
  scalingNow: record.per(['component'], { task: 'standby', name: 'what scales', visible: false }),
  suspendBalancing: step.per(['group'], {
    task: 'standby',
    name: 'no balancing',
    visible: true,
    effect: 'suspension',
  }),
  resumeBalancing: step.per(['group'], {
    task: 'standby',
    name: 'balancing again',
    visible: true,
    effect: 'suspension',
    ends: true,
  }),
  lowerMinimum: step.per(['group'], { task: 'standby', name: 'minimum', visible: true, effect: 'group' }),
  lowerMinimumAgain: step.per(['group', 'round'], {
    task: 'standby',
    name: 'minimum',
    visible: true,
    effect: 'group',
  }),
  drop: step.per(['group', 'round'], { task: 'standby', name: 'drop', visible: true, effect: 'group' }),
  enter: step.per(['group', 'round'], { task: 'standby', name: 'enter', visible: true, effect: 'standby' }),
  refused: failure.per(['group'], { task: 'standby', name: 'refused' }),
  pauseUntil: record.per(['group', 'round'], { task: 'standby', name: 'pause', visible: false }),
  pauseOver: wait.per(['group', 'round'], { task: 'standby', name: 'pause', suffix: 'over', visible: false }),
  nextMove: wait.per(['group', 'round'], { task: 'standby', name: 'ready', visible: false }),
  drain: record.per(['group', 'round'], { task: 'standby', name: 'drain', visible: false }),
  stands: wait.per(['group', 'round'], { task: 'standby', name: 'stands', visible: true }),

  raiseMaximum: step.per(['group'], { task: 'standby', name: 'maximum', visible: true, effect: 'group' }),
  exit: step.per(['group', 'round'], {
    task: 'standby',
    name: 'exit',
    visible: true,
    effect: 'standby',
    ends: true,
  }),
  ours: record.per(['group'], { task: 'standby', name: 'ours', visible: false }),
  asMany: record.per(['group'], { task: 'standby', name: 'as many', visible: false }),
  sizes: step.per(['group'], { task: 'standby', name: 'sizes', visible: true, effect: 'group' }),
  sizesAsKept: step.per(['group'], {
    task: 'standby',
    name: 'as it stood',
    visible: true,
    effect: 'group',
  }),
  settlesAt: record({ task: 'standby', name: 'settles', visible: false }),
  settled: wait({ task: 'standby', name: 'settles over', visible: false }),

  terminateDead: step.per(['group'], {
    task: 'standby',
    name: 'terminate',
    visible: true,
    effect: 'standby',
    ends: true,
  }),
  terminate: step.per(['group', 'round'], {
    task: 'standby',
    name: 'terminate',
    visible: true,
    effect: 'standby',
    ends: true,
  }),
  notNeeded: wait({ task: 'standby', name: 'is not needed', visible: true }),
}

/** The window in which a color is kept, and its end. */
export const windowSteps = {
  kept: record({ task: 'finish', name: 'kept', visible: false }),
  until: record({ task: 'finish', name: 'until', visible: false }),
  open: step({ task: 'finish', name: 'window', visible: true, effect: 'none' }),
  monitorFrom: record({ task: 'finish', name: 'monitor from', visible: false }),
  monitor: step({ task: 'finish', name: 'monitor window', visible: false, effect: 'none' }),
  close: step({ task: 'finish', name: 'close window', visible: true, effect: 'none' }),
  idle: step.per(['group'], { task: 'finish', name: 'idle', visible: true, effect: 'group' }),
  gone: wait({ task: 'finish', name: 'gone', visible: false }),
}
