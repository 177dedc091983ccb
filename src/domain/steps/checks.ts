import { note, pause, record, step, type Step, wait } from './step'

/** What customers met before, and whether they notice the new version. */
export const checkSteps = {
  before: record({ task: 'fleet', name: 'traffic before', visible: false }),
  begins: record({ task: 'health', name: 'checks begin', visible: false }),
  verdict: wait({ task: 'health', name: 'checks', visible: true }),
  doubt: note({ task: 'health', name: 'checks doubt' }),
  unsure: pause.per(['round'], { task: 'health', name: 'unsure' }),
}

/** Alarms that scale nothing while both versions serve side by side and customers are looked at. */
export const alarmHoldSteps = {
  /** Those that rang by then want to scale in whatever becomes of the deploy. */
  rang: record.per(['group'], { task: 'health', name: 'alarms rang', visible: false }),
  hold: step.per(['group'], { task: 'health', name: 'alarms hold', visible: true, effect: 'suspension' }),
  quiet: wait({ task: 'finish', name: 'alarms quiet', visible: false }),
  release: step.per(['group'], {
    task: 'finish',
    name: 'alarms again',
    visible: true,
    effect: 'suspension',
    ends: true,
  }),
}

/** Whether customers notice it later, while the old color is kept. */
export const windowMonitorSteps = {
  begins: record({ task: 'finish', name: 'customers from', visible: false }),
  verdict: wait({ task: 'finish', name: 'customers', visible: false }),
  bad: note({ task: 'finish', name: 'customers notice' }),
  backAt: record({ task: 'finish', name: 'back at', visible: false }),
  back: step({ task: 'finish', name: 'back', visible: false, effect: 'none' }),
}

/** The same at a share of the traffic. */
export const shareCheckSteps = {
  begins: record.per(['share'], { task: 'weights', name: 'checks begin', visible: false }),
  verdict: wait.per(['share'], { task: 'weights', name: 'checks', visible: true }),
  doubt: note.per(['share'], { task: 'weights', name: 'checks doubt' }),
  unsure: pause.per(['share'], { task: 'weights', name: 'unsure' }),
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
