import type { PlanBlock, TaskCardBlock } from '@slack/types'
import { Plain } from '../text/Text'
import { Task } from './Task'

const isTask = (task: TaskCardBlock | Record<string, unknown>): task is TaskCardBlock =>
  typeof task['task_id'] === 'string' && typeof task['title'] === 'string'

/** A plan: its title and its tasks. */
export const Plan = ({ block }: { block: PlanBlock }) => (
  <div class="plan">
    <div class="plan-title">
      <Plain text={block.title} />
    </div>
    <ol class="tasks">
      {(block.tasks ?? []).filter(isTask).map((task) => (
        <li key={task.task_id}>
          <Task task={task} />
        </li>
      ))}
    </ol>
  </div>
)
