import { stepsOf } from './step'

const fleet = stepsOf('fleet')
const finish = stepsOf('finish')

/** Policies that add what a load needs and take nothing away while a fleet's instances are replaced. */
export const scaleInHoldSteps = {
  policies: fleet.record.per(['group'], 'what scales in', { visible: false }),
  hold: fleet.step.per(['group', 'policy'], 'hold scale-ins', { visible: true, effect: 'scale-in' }),
  denied: fleet.note.per(['group'], 'scale-ins not held'),
  release: finish.step.per(['group', 'policy'], 'scale-ins again', { visible: true, ends: 'scale-in' }),
}
