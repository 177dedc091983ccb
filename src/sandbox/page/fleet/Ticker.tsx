import { useSignal } from '@preact/signals'
import { calls } from '../state/account'
import { reader } from '../state/workspace'
import { clockFace } from '../text/dates'
import { given, hasFailed, isDryRun, type TickerLine, tickerLines } from './lines'

const services = {
  ec2: 'ec2',
  autoscaling: 'asg',
  elasticloadbalancing: 'elb',
  servicequotas: 'quotas',
  cloudwatch: 'cw',
  ssm: 'ssm',
  sqs: 'sqs',
  events: 'events',
} as const

const Line = ({ line }: { line: TickerLine }) => {
  const { call, times } = line
  const kind = hasFailed(call) ? 'call call-failed' : call.mutating ? 'call call-changes' : 'call'
  return (
    <li class={kind}>
      <time>{clockFace(call.time, reader.value).time}</time>
      <span class="call-service">{services[call.service]}</span>
      <span class="call-what">
        <b>{call.action}</b>
        {times > 1 && <span class="call-times">×{times}</span>}
        {isDryRun(call) && <span class="call-times">dry run</span>}
        {hasFailed(call) && <span class="call-error">{call.error}</span>}
        <span class="call-given">{given(call)}</span>
      </span>
    </li>
  )
}

/** AWS calls as they are made, the newest first: changes stand out, errors more so. */
export const Ticker = () => {
  const onlyChanges = useSignal(false)
  const lines = tickerLines(calls.value, onlyChanges.value)
  return (
    <section class="ticker" aria-label="AWS calls">
      <header>
        <h3>AWS calls</h3>
        <label class="choice">
          <input
            type="checkbox"
            checked={onlyChanges.value}
            onChange={(event) => {
              onlyChanges.value = event.currentTarget.checked
            }}
          />
          only changes
        </label>
      </header>
      <ol tabIndex={0} aria-label="Calls, the newest first">
        {lines.map((line) => (
          <Line key={line.key} line={line} />
        ))}
        {lines.length === 0 && <li class="empty">No calls yet.</li>}
      </ol>
    </section>
  )
}
