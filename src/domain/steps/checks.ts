import { type Step, stepsOf } from './step'

const fleet = stepsOf('fleet')
const health = stepsOf('health')
const finish = stepsOf('finish')
const weights = stepsOf('weights')

/** What customers met before, and whether they notice the new version. */
export const checkSteps = {
  before: fleet.record('traffic before', { visible: false }),
  begins: health.record('checks begin', { visible: false }),
  verdict: health.wait('checks', { visible: true }),
  doubt: health.note('checks doubt'),
  unsure: health.pause.per(['round'], 'unsure'),
}

/** Alarms that scale nothing while both versions serve side by side and customers are looked at. */
export const alarmHoldSteps = {
  /** Those that rang by then want to scale in whatever becomes of the deploy. */
  rang: health.record.per(['group'], 'alarms rang', { visible: false }),
  hold: health.step.per(['group'], 'alarms hold', { visible: true, effect: 'suspension' }),
  denied: health.note.per(['group'], 'alarms not held'),
  quiet: finish.wait('alarms quiet', { visible: false }),
  release: finish.step.per(['group'], 'alarms again', { visible: true, ends: 'suspension' }),
}

/** Whether customers notice it later, while the old color is kept. */
export const windowMonitorSteps = {
  begins: finish.record('customers from', { visible: false }),
  verdict: finish.wait('customers', { visible: false }),
  bad: finish.note('customers notice'),
  backAt: finish.record('back at', { visible: false }),
  back: finish.step('back', { visible: false, effect: 'none' }),
}

/** The same at a share of the traffic. */
export const shareCheckSteps = {
  begins: weights.record.per(['share'], 'checks begin', { visible: false }),
  verdict: weights.wait.per(['share'], 'checks', { visible: true }),
  doubt: weights.note.per(['share'], 'checks doubt'),
  unsure: weights.pause.per(['share'], 'unsure'),
}

/** The steps of one look at customers. */
export interface CheckSteps {
  readonly begins: Step<'record'>
  readonly verdict: Step<'wait'>
  readonly doubt: Step<'note'>
  readonly unsure: Step<'pause'>
}

/** The steps at a share of the traffic, in percent; where all traffic moves at once, without one. */
export const checkStepsAt = (share: number | undefined): CheckSteps =>
  share === undefined
    ? {
        begins: checkSteps.begins,
        verdict: checkSteps.verdict,
        doubt: checkSteps.doubt,
        unsure: checkSteps.unsure.at({ round: 1 }),
      }
    : {
        begins: shareCheckSteps.begins.at({ share }),
        verdict: shareCheckSteps.verdict.at({ share }),
        doubt: shareCheckSteps.doubt.at({ share }),
        unsure: shareCheckSteps.unsure.at({ share }),
      }
