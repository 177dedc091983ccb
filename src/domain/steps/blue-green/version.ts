import { stepsOf } from '../step'

const version = stepsOf('version')
const finish = stepsOf('finish')

/** Both colors as they were, and the version that the idle one is given. */
export const colorVersionSteps = {
  snapshot: version.step('colors as they are', { visible: false, effect: 'none' }),
  pin: version.step.per(['group'], 'pin', { visible: true, effect: 'group' }),
  launchFrom: version.step.per(['group'], 'launch', { visible: true, effect: 'group' }),
  create: version.step.per(['template'], 'create', { visible: true, effect: 'template version' }),
  compare: version.record.per(['template'], 'compare', { visible: true }),
  differs: version.failure.per(['template'], 'differs'),
  tag: version.step.per(['group'], 'tag', { visible: true, effect: 'tag' }),
  settlesAt: version.record('settles', { visible: false }),
  settled: version.wait('settles over', { visible: false }),
}

/** What becomes of versions, tags and defaults when a color is kept, brought back or left idle. */
export const colorPromotionSteps = {
  moveDefault: finish.step.per(['template'], 'default', { visible: true, effect: 'template default' }),
  defaultNow: finish.record.per(['template'], 'default of', { visible: false }),
  deleteVersion: finish.step.per(['template'], 'delete', { visible: true, ends: 'template version' }),
  latest: finish.record.per(['group'], 'latest', { visible: false }),
  staysPinned: finish.note.per(['group'], 'stays pinned'),
  follow: finish.step.per(['group'], 'follow', { visible: true, effect: 'group' }),
  tag: finish.step.per(['group'], 'tag', { visible: true, effect: 'tag' }),
  untag: finish.step.per(['group'], 'untag', { visible: true, effect: 'tag' }),
}
