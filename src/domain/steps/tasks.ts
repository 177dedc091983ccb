/**
 * The big parts of a runbook, which the message shows as tasks, in their usual order: a plan that names its tasks in
 * another order goes before it. `return` is the way back of all of them.
 */
export const taskNames = [
  'image',
  'network',
  'balancer',
  'template',
  'group',
  'schedule',
  'version',
  'copy',
  'fleet',
  'health',
  'weights',
  'handover',
  'standby',
  'versions',
  'images',
  'finish',
  'return',
] as const

export type TaskName = (typeof taskNames)[number]

export const isTaskName = (name: string | undefined): name is TaskName =>
  taskNames.some((known) => known === name)

/** The parts of monitoring an event, which has a message of its own. */
const monitorTasks = ['ready', 'out', 'on', 'in', 'end'] as const
type MonitorTask = (typeof monitorTasks)[number]

export const isMonitorTask = (task: Task): task is MonitorTask => monitorTasks.some((known) => known === task)

/** What an operation writes down for itself: the plans that it showed, its pauses, its unexpected errors. */
type InternalTask = 'plan' | 'hold' | 'surprise'

/** Whether the log says nothing of a task: people's own words tell of it, or nobody need know. */
export const isInternal = (task: Task): task is InternalTask =>
  task === 'plan' || task === 'hold' || task === 'surprise'

/** What a step is part of: its key begins with it. */
export type Task = Exclude<TaskName, 'return'> | MonitorTask | InternalTask
