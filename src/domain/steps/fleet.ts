import { failure, note, pause, record, step, wait } from './step'

/** The group as it was, and the template version that its fleet moves to. */
export const templateSteps = {
  snapshot: wait({ task: 'template', name: 'group as it is', visible: false }),
  followsNow: record({ task: 'template', name: 'how the group follows', visible: false }),
  moved: failure({ task: 'template', name: 'moved' }),
  pin: step({ task: 'template', name: 'pin', visible: true, effect: 'group' }),
  followAgain: step({ task: 'template', name: 'follow again', visible: true, effect: 'group' }),
  latest: record({ task: 'template', name: 'latest', visible: false }),
  staysPinned: failure({ task: 'template', name: 'stays pinned' }),
  create: step({ task: 'template', name: 'create version', visible: true, effect: 'template version' }),
  compare: record({ task: 'template', name: 'compare', visible: true }),
  differs: failure({ task: 'template', name: 'differs' }),
  delete: step({
    task: 'template',
    name: 'delete version',
    visible: true,
    effect: 'template version',
    ends: true,
  }),
}

/** Why instances are replaced one by one: to move the fleet, to take what a surge left, or on the way back. */
export const ways = ['replace', 'straggler', 'return'] as const
export type Way = (typeof ways)[number]

/** The fleet itself: how it is replaced, resized, and how it goes back. */
export const fleetSteps = {
  unsupported: failure({ task: 'fleet', name: 'strategy' }),
  scaleInPassed: wait({ task: 'fleet', name: 'scale-in', visible: false }),
  scaleInFirst: note({ task: 'fleet', name: 'scale-in first' }),
  makeRoom: step({ task: 'fleet', name: 'room', visible: true, effect: 'group' }),
  startRefresh: step.per(['round'], {
    task: 'fleet',
    name: 'start refresh',
    visible: true,
    effect: 'refresh',
  }),
  refresh: wait.per(['round'], {
    task: 'fleet',
    name: 'refresh',
    visible: true,
    effect: 'refresh',
    ends: true,
  }),
  stopRefresh: step.per(['round'], { task: 'fleet', name: 'stop', visible: true, effect: 'none' }),
  refreshStopped: wait.per(['round'], {
    task: 'fleet',
    name: 'stop',
    suffix: 'ended',
    visible: true,
    effect: 'refresh',
    ends: true,
  }),
  stopped: pause.per(['round'], { task: 'fleet', name: 'stopped' }),
  rollBackRefresh: step({ task: 'fleet', name: 'roll back', visible: true, effect: 'none' }),
  refreshRolledBack: wait({
    task: 'fleet',
    name: 'roll back ended',
    visible: true,
    effect: 'refresh',
    ends: true,
  }),

  launchFrom: step.per(['way'], {
    task: 'fleet',
    name: '',
    suffix: 'launches',
    visible: true,
    effect: 'group',
  }),
  nextMove: wait.per(['way', 'round'], { task: 'fleet', name: '', visible: false }),
  heldBack: wait.per(['way', 'round'], { task: 'fleet', name: '', suffix: 'held back', visible: false }),
  terminate: step.per(['way', 'round'], {
    task: 'fleet',
    name: '',
    suffix: 'terminate',
    visible: true,
    effect: 'termination',
  }),
  raise: step.per(['way', 'round'], {
    task: 'fleet',
    name: '',
    suffix: 'raise',
    visible: true,
    effect: 'group',
  }),
  lower: step.per(['way', 'round'], {
    task: 'fleet',
    name: '',
    suffix: 'lower',
    visible: true,
    effect: 'group',
  }),

  double: step({ task: 'fleet', name: 'double', visible: true, effect: 'group' }),
  healthyBesideOld: wait({ task: 'fleet', name: 'new beside old', visible: true }),
  newInstances: record({ task: 'fleet', name: 'new instances', visible: false }),
  protect: step({ task: 'fleet', name: 'protect', visible: true, effect: 'protection' }),
  unprotect: step({ task: 'fleet', name: 'unprotect', visible: true, effect: 'protection', ends: true }),
  oldestFirst: step({ task: 'fleet', name: 'oldest first', visible: true, effect: 'group' }),
  howManyLeave: record({ task: 'fleet', name: 'how many leave', visible: false }),
  scaleBackIn: step({ task: 'fleet', name: 'scale back in', visible: true, effect: 'group' }),
  oldOnesLeave: wait({ task: 'fleet', name: 'old ones leave', visible: true }),

  howManyServe: record({ task: 'fleet', name: 'how many serve', visible: false }),
  grow: step({ task: 'fleet', name: 'grow', visible: true, effect: 'group' }),
  placesMade: record({ task: 'fleet', name: 'places made', visible: false }),
  boundsDue: record({ task: 'fleet', name: 'bounds due', visible: false }),
  boundsFollowed: note({ task: 'fleet', name: 'bounds due followed' }),
  restoreSizes: step({ task: 'fleet', name: 'sizes', visible: true, effect: 'group' }),

  setBounds: step({ task: 'fleet', name: 'bounds', visible: true, effect: 'group' }),
  cooldown: wait({ task: 'fleet', name: 'cooldown', visible: true }),
  setDesired: step({ task: 'fleet', name: 'desired', visible: true, effect: 'group' }),
  scale: step({ task: 'fleet', name: 'scale', visible: true, effect: 'group' }),
}

/** Whether every instance is healthy. */
export const healthSteps = {
  everyInstance: wait({ task: 'health', name: 'every instance', visible: true }),
  inService: wait.per(['round'], { task: 'health', name: 'in service', visible: true }),
  stopped: pause.per(['round'], { task: 'health', name: '' }),
  trouble: failure({ task: 'health', name: 'trouble' }),
}

/** What follows once the new version has passed. */
export const promotionSteps = {
  moveDefault: step({ task: 'finish', name: 'default', visible: true, effect: 'template default' }),
  latest: record({ task: 'finish', name: 'latest', visible: false }),
  staysPinned: note({ task: 'finish', name: 'stays pinned' }),
  sizesAfter: record({ task: 'finish', name: 'desired', visible: false }),
  sizesFollowed: note({ task: 'finish', name: 'desired followed' }),
  handBack: step({ task: 'finish', name: 'hand back', visible: true, effect: 'group' }),
  freeze: step({ task: 'finish', name: 'freeze', visible: true, effect: 'none' }),
}
