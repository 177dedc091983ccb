import { note, record, step, wait } from './step'

/** An event's scheduled actions, the calendar, and the timers of who monitors it. */
export const scheduleSteps = {
  calendarBefore: record({ task: 'schedule', name: 'calendar before', visible: false }),
  writeCalendar: step({ task: 'schedule', name: 'calendar', visible: false, effect: 'none' }),
  strikeCalendar: step({ task: 'schedule', name: 'calendar struck', visible: false, effect: 'none' }),
  putAction: step.per(['action'], { task: 'schedule', name: 'put', visible: true, effect: 'action' }),
  deleteAction: step.per(['action'], { task: 'schedule', name: 'delete', visible: true, effect: 'action' }),
  sizesDue: record({ task: 'schedule', name: 'sizes due', visible: false }),
  setSizes: step({ task: 'schedule', name: 'sizes', visible: true, effect: 'group' }),
  corrections: record({ task: 'schedule', name: 'corrections', visible: false }),
  firstTime: record({ task: 'schedule', name: 'first time', visible: false }),
  setMonitorTimer: step({ task: 'schedule', name: 'follow', visible: false, effect: 'none' }),
  cancelMonitorTimer: step({ task: 'schedule', name: 'unfollow', visible: false, effect: 'none' }),
  setDriftTimer: step({ task: 'schedule', name: 'audit', visible: false, effect: 'none' }),
}

/** A time of an event, from an hour before its group scales out until it is in again. */
export const monitorSteps = {
  setNextTimer: step({ task: 'ready', name: 'next time', visible: false, effect: 'none' }),
  report: wait({ task: 'ready', name: 'report', visible: false }),
  scaleOut: wait({ task: 'out', name: 'healthy', visible: false }),
  scaleOutLate: note({ task: 'out', name: 'late' }),
  scaleOutAfterAll: wait({ task: 'out', name: 'healthy after all', visible: false }),
  whileOn: wait.per(['round'], { task: 'on', name: 'event', visible: false }),
  short: note.per(['round'], { task: 'on', name: 'short' }),
  scaleIn: wait({ task: 'in', name: 'back', visible: false }),
  scaleInLate: note({ task: 'in', name: 'late' }),
  failures: record({ task: 'end', name: 'failures', visible: false }),
  isOver: record({ task: 'end', name: 'over', visible: false }),
  strikeCalendar: step({ task: 'end', name: 'calendar', visible: false, effect: 'none' }),
}
