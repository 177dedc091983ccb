import { stepsOf } from '../step'

const fleet = stepsOf('fleet')
const weights = stepsOf('weights')
const finish = stepsOf('finish')

/** Traffic that is shifted by weights. */
export const trafficSteps = {
  join: fleet.step.per(['route'], 'join', { visible: true, effect: 'traffic' }),
  suspend: weights.step.per(['group'], 'hold', { visible: true, effect: 'suspension' }),
  resume: weights.step.per(['group'], 'let go', { visible: true, ends: 'suspension' }),
  set: weights.step.per(['route', 'share'], 'set', { visible: true, effect: 'traffic' }),
  stand: weights.wait.per(['share'], 'stand', { visible: false }),
  able: weights.wait('able', { visible: false }),
  all: weights.step.per(['route'], 'all', { visible: true, effect: 'traffic' }),
  // Looked at once more when what was under way can be seen: there is mostly nothing left to do.
  sure: weights.step.per(['route'], 'sure', { visible: false, effect: 'traffic' }),
  alone: finish.step.per(['route'], 'alone', { visible: true, effect: 'traffic' }),
}
