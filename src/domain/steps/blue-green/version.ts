import { failure, note, record, step, wait } from '../step'

/** Both colors as they were, and the version that the idle one is given. */
export const colorVersionSteps = {
  snapshot: step({ task: 'version', name: 'colors as they are', visible: false, effect: 'none' }),
  pin: step.per(['group'], { task: 'version', name: 'pin', visible: true, effect: 'group' }),
  launchFrom: step.per(['group'], { task: 'version', name: 'launch', visible: true, effect: 'group' }),
  create: step.per(['template'], {
    task: 'version',
    name: 'create',
    visible: true,
    effect: 'template version',
  }),
  compare: record.per(['template'], { task: 'version', name: 'compare', visible: true }),
  differs: failure.per(['template'], { task: 'version', name: 'differs' }),
  tag: step.per(['group'], { task: 'version', name: 'tag', visible: true, effect: 'tag' }),
  settlesAt: record({ task: 'version', name: 'settles', visible: false }),
  settled: wait({ task: 'version', name: 'settles over', visible: false }),
}

/** What becomes of versions, tags and defaults when a color is kept, brought back or left idle. */
export const colorPromotionSteps = {
  moveDefault: step.per(['template'], {
    task: 'finish',
    name: 'default',
    visible: true,
    effect: 'template default',
  }),
  defaultNow: record.per(['template'], { task: 'finish', name: 'default of', visible: false }),
  deleteVersion: step.per(['template'], {
    task: 'finish',
    name: 'delete',
    visible: true,
    effect: 'template version',
    ends: true,
  }),
  latest: record.per(['group'], { task: 'finish', name: 'latest', visible: false }),
  staysPinned: note.per(['group'], { task: 'finish', name: 'stays pinned' }),
  follow: step.per(['group'], { task: 'finish', name: 'follow', visible: true, effect: 'group' }),
  tag: step.per(['group'], { task: 'finish', name: 'tag', visible: true, effect: 'tag' }),
  untag: step.per(['group'], { task: 'finish', name: 'untag', visible: true, effect: 'tag' }),
}
