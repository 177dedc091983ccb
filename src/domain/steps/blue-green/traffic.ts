import { step, wait } from '../step'

/** Traffic that is shifted by weights. */
export const trafficSteps = {
  join: step.per(['route'], { task: 'fleet', name: 'join', visible: true, effect: 'traffic' }),
  suspend: step.per(['group'], { task: 'weights', name: 'hold', visible: true, effect: 'suspension' }),
  resume: step.per(['group'], {
    task: 'weights',
    name: 'let go',
    visible: true,
    effect: 'suspension',
    ends: true,
  }),
  set: step.per(['route', 'share'], { task: 'weights', name: 'set', visible: true, effect: 'traffic' }),
  stand: wait.per(['share'], { task: 'weights', name: 'stand', visible: false }),
  able: wait({ task: 'weights', name: 'able', visible: false }),
  all: step.per(['route'], { task: 'weights', name: 'all', visible: true, effect: 'traffic' }),
  // Looked at once more when what was under way can be seen: there is mostly nothing left to do.
  sure: step.per(['route'], { task: 'weights', name: 'sure', visible: false, effect: 'traffic' }),
  alone: step.per(['route'], { task: 'finish', name: 'alone', visible: true, effect: 'traffic' }),
}
