import { stepsOf } from './step'

const template = stepsOf('template')
const fleet = stepsOf('fleet')
const health = stepsOf('health')
const finish = stepsOf('finish')

/** The group as it was, and the template version that its fleet moves to. */
export const templateSteps = {
  snapshot: template.wait('group as it is', { visible: false }),
  followsNow: template.record('how the group follows', { visible: false }),
  moved: template.failure('moved'),
  pin: template.step('pin', { visible: true, effect: 'group' }),
  followAgain: template.step('follow again', { visible: true, effect: 'group' }),
  latest: template.record('latest', { visible: false }),
  staysPinned: template.failure('stays pinned'),
  create: template.step('create version', { visible: true, effect: 'template version' }),
  compare: template.record('compare', { visible: true }),
  differs: template.failure('differs'),
  delete: template.step('delete version', { visible: true, ends: 'template version' }),
}

/** Why instances are replaced one by one: to move the fleet, to take what a surge left, or on the way back. */
export const ways = ['replace', 'straggler', 'return'] as const
export type Way = (typeof ways)[number]

/** The fleet itself: how it is replaced, resized, and how it goes back. */
export const fleetSteps = {
  unsupported: fleet.failure('strategy'),
  scaleInPassed: fleet.wait('scale-in', { visible: false }),
  scaleInFirst: fleet.note('scale-in first'),
  makeRoom: fleet.step('room', { visible: true, effect: 'group' }),
  newestFirst: fleet.step('newest first', { visible: true, effect: 'group' }),
  startRefresh: fleet.step.per(['round'], 'start refresh', { visible: true, effect: 'refresh' }),
  refresh: fleet.wait.per(['round'], 'refresh', { visible: true, ends: 'refresh' }),
  stopRefresh: fleet.step.per(['round'], 'stop', { visible: true, effect: 'none' }),
  refreshStopped: fleet.wait.per(['round'], 'stop', { suffix: 'ended', visible: true, ends: 'refresh' }),
  stopped: fleet.pause.per(['round'], 'stopped'),
  rollBackRefresh: fleet.step('roll back', { visible: true, effect: 'none' }),
  refreshRolledBack: fleet.wait('roll back ended', { visible: true, ends: 'refresh' }),

  launchFrom: fleet.step.per(['way'], '', { suffix: 'launches', visible: true, effect: 'group' }),
  nextMove: fleet.wait.per(['way', 'round'], '', { visible: false }),
  heldBack: fleet.wait.per(['way', 'round'], '', { suffix: 'held back', visible: false }),
  terminate: fleet.step.per(['way', 'round'], '', {
    suffix: 'terminate',
    visible: true,
    effect: 'termination',
  }),
  raise: fleet.step.per(['way', 'round'], '', { suffix: 'raise', visible: true, effect: 'group' }),
  lower: fleet.step.per(['way', 'round'], '', { suffix: 'lower', visible: true, effect: 'group' }),

  double: fleet.step('double', { visible: true, effect: 'group' }),
  healthyBesideOld: fleet.wait('new beside old', { visible: true }),
  newInstances: fleet.record('new instances', { visible: false }),
  protect: fleet.step('protect', { visible: true, effect: 'protection' }),
  unprotect: fleet.step('unprotect', { visible: true, ends: 'protection' }),
  oldestFirst: fleet.step('oldest first', { visible: true, effect: 'group' }),
  howManyLeave: fleet.record('how many leave', { visible: false }),
  scaleBackIn: fleet.step('scale back in', { visible: true, effect: 'group' }),
  oldOnesLeave: fleet.wait('old ones leave', { visible: true }),

  howManyServe: fleet.record('how many serve', { visible: false }),
  grow: fleet.step('grow', { visible: true, effect: 'group' }),
  placesMade: fleet.record('places made', { visible: false }),
  boundsDue: fleet.record('bounds due', { visible: false }),
  boundsFollowed: fleet.note('bounds due followed'),
  restoreSizes: fleet.step('sizes', { visible: true, effect: 'group' }),
  restoreFollowed: fleet.note('sizes followed'),

  setBounds: fleet.step('bounds', { visible: true, effect: 'group' }),
  cooldown: fleet.wait('cooldown', { visible: true }),
  setDesired: fleet.step('desired', { visible: true, effect: 'group' }),
  scale: fleet.step('scale', { visible: true, effect: 'group' }),
}

/** Whether every instance is healthy. */
export const healthSteps = {
  everyInstance: health.wait('every instance', { visible: true }),
  inService: health.wait.per(['round'], 'in service', { visible: true }),
  stopped: health.pause.per(['round'], ''),
  trouble: health.failure('trouble'),
}

/** What follows once the new version has passed. */
export const promotionSteps = {
  moveDefault: finish.step('default', { visible: true, effect: 'template default' }),
  latest: finish.record('latest', { visible: false }),
  staysPinned: finish.note('stays pinned'),
  sizesAfter: finish.record('desired', { visible: false }),
  sizesFollowed: finish.note('desired followed'),
  handBack: finish.step('hand back', { visible: true, effect: 'group' }),
  handBackFollowed: finish.note('hand back followed'),
  freeze: finish.step('freeze', { visible: true, effect: 'none' }),
}
