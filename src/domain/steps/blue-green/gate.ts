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

/** The gate at a share of the traffic, in percent; before it gets any where there is none. */
export const gateStepsAt = (share: number | undefined): GateSteps =>
  share === undefined
    ? {
        begins: colorGateSteps.begins,
        whole: (round) => colorGateSteps.whole.at({ round }),
        followed: (round) => colorGateSteps.followed.at({ round }),
        follow: (round) => colorGateSteps.follow.at({ round }),
        due: (round) => colorGateSteps.due.at({ round }),
        actionsRun: (round) => colorGateSteps.actionsRun.at({ round }),
      }
    : {
        begins: shareGateSteps.begins.at({ share }),
        whole: (round) => shareGateSteps.whole.at({ share, round }),
        followed: (round) => shareGateSteps.followed.at({ share, round }),
        follow: (round) => shareGateSteps.follow.at({ share, round }),
        due: (round) => shareGateSteps.due.at({ share, round }),
        actionsRun: (round) => shareGateSteps.actionsRun.at({ share, round }),
      }
