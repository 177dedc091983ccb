import type { FleetView, SecurityGroupView } from '../../protocol'
import { Icon } from '../ui/Icon'

/** What a security group lets in, and what still holds it. */
export const SecurityGroups = ({ fleet }: { fleet: FleetView }) => (
  <section class="panel" aria-label="Security groups">
    <h3>Security groups</h3>
    <ul class="rows">
      {fleet.securityGroups
        .toSorted((a, b) => a.name.localeCompare(b.name))
        .map((group) => (
          <li key={group.id} class="image-row" title={group.description}>
            <span class="image-name">
              <Icon name="lock" size={14} /> {group.name}
            </span>
            <code>{group.id}</code>
            <span class="image-state">{stateOf(group)}</span>
          </li>
        ))}
    </ul>
  </section>
)

const stateOf = ({ waysIn, heldByDeleted }: SecurityGroupView): string => {
  if (heldByDeleted > 0) return 'held by a deleted load balancer’s interfaces'
  return waysIn.length === 0 ? 'lets nothing in' : waysIn.join(', ')
}
