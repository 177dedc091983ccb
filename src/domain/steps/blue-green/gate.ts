import { type Step, stepsOf } from '../step'

const health = stepsOf('health')
const handover = stepsOf('handover')
const weights = stepsOf('weights')

/** The gate of a color that comes up, before it gets traffic. */
export const colorGateSteps = {
  begins: health.record('begins', { visible: false }),
  whole: health.wait.per(['round'], 'whole', { visible: true }),
  followed: health.note.per(['round'], 'followed'),
  follow: health.step.per(['round'], 'follow', { visible: true, effect: 'group' }),
  due: health.record.per(['round'], 'due', { visible: false }),
  actionsRun: health.wait.per(['round'], 'action runs', { visible: true }),
}

/** The same gate once more, after the look at customers: what others changed in that time is followed too. */
export const checkedGateSteps = {
  begins: handover.record('begins', { visible: false }),
  whole: handover.wait.per(['round'], 'whole', { visible: true }),
  followed: handover.note.per(['round'], 'followed'),
  follow: handover.step.per(['round'], 'follow', { visible: true, effect: 'group' }),
  due: handover.record.per(['round'], 'due again', { visible: false }),
  actionsRun: handover.wait.per(['round'], 'action runs again', { visible: true }),
}

/** The same gate while it gets a share of the traffic. */
export const shareGateSteps = {
  begins: weights.record.per(['share'], 'begins', { visible: false }),
  whole: weights.wait.per(['share', 'round'], 'whole', { visible: true }),
  followed: weights.note.per(['share', 'round'], 'followed'),
  follow: weights.step.per(['share', 'round'], 'follow', { visible: true, effect: 'group' }),
  due: weights.record.per(['share', 'round'], 'due', { visible: false }),
  actionsRun: weights.wait.per(['share', 'round'], 'action runs', { visible: true }),
}

/** Scheduled actions that are about to run before a color is taken over that is kept at weight 0. */
export const dueActionSteps = {
  due: handover.record('due', { visible: false }),
  actionsRun: handover.wait('action runs', { visible: true }),
}

/** The steps of a gate, by round. */
export interface GateSteps {
  readonly begins: Step<'record'>
  whole(round: number): Step<'wait'>
  followed(round: number): Step<'note'>
  follow(round: number): Step<'step', 'group'>
  due(round: number): Step<'record'>
  actionsRun(round: number): Step<'wait'>
}

const byRound = (declared: typeof colorGateSteps | typeof checkedGateSteps): GateSteps => ({
  begins: declared.begins,
  whole: (round) => declared.whole.at({ round }),
  followed: (round) => declared.followed.at({ round }),
  follow: (round) => declared.follow.at({ round }),
  due: (round) => declared.due.at({ round }),
  actionsRun: (round) => declared.actionsRun.at({ round }),
})

/** The gate at a share of the traffic, in percent; before it gets any where there is none, or after it was checked. */
export const gateStepsAt = (share: number | 'checked' | undefined): GateSteps => {
  if (share === undefined) return byRound(colorGateSteps)
  if (share === 'checked') return byRound(checkedGateSteps)
  return {
    begins: shareGateSteps.begins.at({ share }),
    whole: (round) => shareGateSteps.whole.at({ share, round }),
    followed: (round) => shareGateSteps.followed.at({ share, round }),
    follow: (round) => shareGateSteps.follow.at({ share, round }),
    due: (round) => shareGateSteps.due.at({ share, round }),
    actionsRun: (round) => shareGateSteps.actionsRun.at({ share, round }),
  }
}
