import type { PlanBlock, TaskCardBlock } from '@slack/types'
import { Plain } from '../text/Text'
import { Task } from './Task'

const isTask = (task: TaskCardBlock | Record<string, unknown>): task is TaskCardBlock =>
  typeof task['task_id'] === 'string' && typeof task['title'] === 'string'

/** A plan: its title, how many of its tasks are done, and the tasks. */
export const Plan = ({ block }: { block: PlanBlock }) => {
  const tasks = (block.tasks ?? []).filter(isTask)
  const done = tasks.filter((task) => task.status === 'complete').length
  return (
    <div class="plan">
      <div class="plan-head">
        <span class="plan-title">
          <Plain text={block.title} />
        </span>
        {tasks.length > 0 && (
          <span class="plan-count">
            {done} of {tasks.length}
          </span>
        )}
      </div>
      <ol class="tasks">
        {tasks.map((task) => (
          <li key={task.task_id}>
            <Task task={task} />
          </li>
        ))}
      </ol>
    </div>
  )
}
