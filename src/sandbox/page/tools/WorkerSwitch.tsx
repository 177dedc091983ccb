import { Icon } from '../ui/Icon'
import { killWorker, startWorker, worker } from './worker'

const words = { starting: 'Starting…', running: 'Kill the worker', stopped: 'Start the worker' } as const

/** `kill -9` of the bot, and its start. */
export const WorkerSwitch = () => {
  const bot = worker()
  if (!bot) return <span class="worker-none">no bot runs here</span>
  const running = bot.state === 'running'
  return (
    <button
      type="button"
      class={`worker worker-${bot.state}`}
      disabled={bot.state === 'starting'}
      title={bot.pid === undefined ? undefined : `process ${bot.pid}`}
      onClick={() => void (running ? killWorker() : startWorker())}
    >
      <Icon name={running ? 'power' : 'play'} size={14} />
      {words[bot.state]}
    </button>
  )
}
