import type { Operation } from './operation'
import type { PlannedTask } from './plan'
import { taskOf } from '../steps/key'
import type { TaskName } from '../steps/tasks'
import type { Milliseconds } from '../time/time'

/** How long a task of an ended operation took, from its first step to its last. */
export const taskDuration = (operation: Operation, task: TaskName): Milliseconds | undefined => {
  const steps = operation.steps.filter((step) => taskOf(step.key) === task && step.endedAt !== undefined)
  if (steps.length === 0) return undefined
  const from = Math.min(...steps.map((step) => step.startedAt))
  const to = Math.max(...steps.map((step) => step.endedAt ?? step.startedAt))
  return to - from
}

/**
 * Expected durations: the median of what the same tasks took in the service's own past, else the guess.
 * `past` holds succeeded operations of the same procedure and strategy.
 */
export const expectedTasks = (
  estimates: readonly PlannedTask[],
  recent: readonly Operation[],
): readonly PlannedTask[] =>
  estimates.map(({ name, expected }) => {
    const durations = recent.flatMap((operation) => taskDuration(operation, name) ?? []).sort((a, b) => a - b)
    return { name, expected: durations[Math.floor(durations.length / 2)] ?? expected }
  })
