import { note, record, type Step, step, wait } from '../step'

/** The gate of a color that comes up, before it gets traffic. */
export const colorGateSteps = {
  begins: record({ task: 'health', name: 'begins', visible: false }),
  whole: wait.per(['round'], { task: 'health', name: 'whole', visible: true }),
  followed: note.per(['round'], { task: 'health', name: 'followed' }),
  follow: step.per(['round'], { task: 'health', name: 'follow', visible: true, effect: 'group' }),
  due: record.per(['round'], { task: 'health', name: 'due', visible: false }),
  actionsRun: wait.per(['round'], { task: 'health', name: 'action runs', visible: true }),
}

/** The same gate once more, after the look at customers: what others changed in that time is followed too. */
export const checkedGateSteps = {
  begins: record({ task: 'handover', name: 'begins', visible: false }),
  whole: wait.per(['round'], { task: 'handover', name: 'whole', visible: true }),
  followed: note.per(['round'], { task: 'handover', name: 'followed' }),
  follow: step.per(['round'], { task: 'handover', name: 'follow', visible: true, effect: 'group' }),
  due: record.per(['round'], { task: 'handover', name: 'due again', visible: false }),
  actionsRun: wait.per(['round'], { task: 'handover', name: 'action runs again', visible: true }),
}

/** The same gate while it gets a share of the traffic. */
export const shareGateSteps = {
  begins: record.per(['share'], { task: 'weights', name: 'begins', visible: false }),
  whole: wait.per(['share', 'round'], { task: 'weights', name: 'whole', visible: true }),
  followed: note.per(['share', 'round'], { task: 'weights', name: 'followed' }),
  follow: step.per(['share', 'round'], { task: 'weights', name: 'follow', visible: true, effect: 'group' }),
  due: record.per(['share', 'round'], { task: 'weights', name: 'due', visible: false }),
  actionsRun: wait.per(['share', 'round'], { task: 'weights', name: 'action runs', visible: true }),
}

/** Scheduled actions that are about to run before a color is taken over that is kept at weight 0. */
export const dueActionSteps = {
  due: record({ task: 'handover', name: 'due', visible: false }),
  actionsRun: wait({ task: 'handover', name: 'action runs', visible: true }),
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
