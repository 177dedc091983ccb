import { stepsOf } from './step'

const schedule = stepsOf('schedule')
const ready = stepsOf('ready')
const out = stepsOf('out')
const on = stepsOf('on')
const back = stepsOf('in')
const end = stepsOf('end')

/** An event's scheduled actions, the calendar, and the timers of who monitors it. */
export const scheduleSteps = {
  calendarBefore: schedule.record('calendar before', { visible: false }),
  writeCalendar: schedule.step('calendar', { visible: false, effect: 'none' }),
  strikeCalendar: schedule.step('calendar struck', { visible: false, effect: 'none' }),
  putAction: schedule.step.per(['action'], 'put', { visible: true, effect: 'action' }),
  deleteAction: schedule.step.per(['action'], 'delete', { visible: true, effect: 'action' }),
  sizesDue: schedule.record('sizes due', { visible: false }),
  setSizes: schedule.step('sizes', { visible: true, effect: 'group' }),
  sizesFollowed: schedule.note('sizes followed'),
  corrections: schedule.record('corrections', { visible: false }),
  firstTime: schedule.record('first time', { visible: false }),
  setMonitorTimer: schedule.step('follow', { visible: false, effect: 'none' }),
  cancelMonitorTimer: schedule.step('unfollow', { visible: false, effect: 'none' }),
  setDriftTimer: schedule.step('audit', { visible: false, effect: 'none' }),
}

/** A time of an event, from an hour before its group scales out until it is in again. */
export const monitorSteps = {
  setNextTimer: ready.step('next time', { visible: false, effect: 'none' }),
  report: ready.wait('report', { visible: false }),
  scaleOut: out.wait('healthy', { visible: false }),
  scaleOutLate: out.note('late'),
  scaleOutAfterAll: out.wait('healthy after all', { visible: false }),
  whileOn: on.wait.per(['round'], 'event', { visible: false }),
  short: on.note.per(['round'], 'short'),
  scaleIn: back.wait('back', { visible: false }),
  scaleInLate: back.note('late'),
  failures: end.record('failures', { visible: false }),
  isOver: end.record('over', { visible: false }),
  strikeCalendar: end.step('calendar', { visible: false, effect: 'none' }),
}
