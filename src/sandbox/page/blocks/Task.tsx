import type { TaskCardBlock } from '@slack/types'
import { Plain } from '../text/Text'
import { Link } from '../text/Inlines'
import { RichText } from '../text/RichText'
import { Icon } from '../ui/Icon'

const said = { pending: 'To do', in_progress: 'In progress', complete: 'Done', error: 'Failed' } as const

const Mark = ({ status }: { status: TaskCardBlock['status'] }) => (
  <span class={`task-mark task-${status}`}>
    {status === 'complete' && <Icon name="check" size={12} />}
    {status === 'error' && <Icon name="cross" size={12} />}
    <span class="unseen">{said[status]}: </span>
  </span>
)

/** One task of a plan: where it stands, what it says of itself and what came out. */
export const Task = ({ task }: { task: TaskCardBlock }) => (
  <div class={`task task-is-${task.status}`}>
    <Mark status={task.status} />
    <div class="task-body">
      <div class="task-title">
        <Plain text={task.title} />
      </div>
      {task.details && <RichText block={task.details} />}
      {task.output && (
        <div class="task-output">
          <RichText block={task.output} />
        </div>
      )}
      {task.sources && task.sources.length > 0 && (
        <div class="task-sources">
          {task.sources.map((source) => (
            <Link key={source.url} url={source.url}>
              {source.text}
            </Link>
          ))}
        </div>
      )}
    </div>
  </div>
)
