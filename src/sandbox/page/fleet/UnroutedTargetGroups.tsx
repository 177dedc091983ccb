import type { FleetView } from '../../protocol'
import { unrouted } from './model'
import { TargetGroup } from './TargetGroup'

/** Target groups that no load balancer forwards to: those of a fleet that is being built, or taken down. */
export const UnroutedTargetGroups = ({ fleet }: { fleet: FleetView }) => {
  const groups = unrouted(fleet)
  if (groups.length === 0) return null
  return (
    <section class="panel" aria-label="Target groups behind no load balancer">
      <h3>Behind no load balancer</h3>
      <div class="target-groups">
        {groups.map((group) => (
          <TargetGroup key={group.arn} group={group} alone={groups.length === 1} />
        ))}
      </div>
    </section>
  )
}
