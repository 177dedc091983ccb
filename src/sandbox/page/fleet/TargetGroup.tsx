import type { TargetGroupView } from '../../protocol'

const order = ['healthy', 'initial', 'unhealthy', 'draining', 'unused', 'unavailable']

/** How many targets are in each state, the good ones first. */
const tally = (group: TargetGroupView): [string, number][] => {
  const counts = new Map<string, number>()
  for (const { state } of group.targets) {
    const kind = state.split('.')[0] ?? state
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
}

/** A target group: what its load balancer sends there, where there is more than one, and how its targets are. */
export const TargetGroup = ({ group, alone }: { group: TargetGroupView; alone: boolean }) => {
  const counts = tally(group)
  return (
    <div class={group.inUse ? 'target-group' : 'target-group target-group-unused'}>
      <span class="target-group-name">{group.name}</span>
      {group.weight !== undefined && !alone && <span class="weight">weight {group.weight}</span>}
      <span class="tally">
        {counts.length === 0 && <span class="tally-none">no targets</span>}
        {counts.map(([state, count]) => (
          <span key={state} class={`tally-one tally-${state}`}>
            <b>{count}</b> {state}
          </span>
        ))}
      </span>
    </div>
  )
}
