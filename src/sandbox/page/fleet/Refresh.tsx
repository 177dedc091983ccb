import type { GroupView } from '../../protocol'
import { Meter } from './Meter'

const over = new Set(['Successful', 'Failed', 'Cancelled', 'RollbackSuccessful', 'RollbackFailed'])

/** The instance refresh of a group while it runs, and how it ended if it did not succeed. */
export const Refresh = ({ refresh }: { refresh: NonNullable<GroupView['refresh']> }) => {
  if (refresh.status === 'Successful') return null
  const running = !over.has(refresh.status)
  return (
    <div
      class={`refresh refresh-${running ? 'running' : refresh.status.endsWith('Failed') ? 'failed' : 'over'}`}
    >
      <div class="refresh-line">
        <span>
          Instance refresh <b>{refresh.status.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}</b>
        </span>
        {running && <span class="number">{refresh.percent} %</span>}
      </div>
      {running && <Meter percent={refresh.percent} label="Instance refresh" />}
      {refresh.reason !== undefined && <p class="refresh-reason">{refresh.reason}</p>}
    </div>
  )
}
