import { Traffic } from '../traffic/Traffic'
import { Icon } from '../ui/Icon'
import { Group } from './Group'
import type { Lane } from './model'
import { TargetGroup } from './TargetGroup'
import { census, toneOf } from './version'

/** One fleet from its load balancer down to its instances. */
export const LaneView = ({ lane }: { lane: Lane }) => {
  const versions = census(lane.groups.flatMap((group) => group.instances))
  const serving = lane.targetGroups.some((group) =>
    group.targets.some((target) => target.state === 'healthy'),
  )
  const title = lane.balancer?.name ?? lane.groups[0]?.group.name ?? ''
  return (
    <section class={serving ? 'lane lane-flowing' : 'lane'} aria-label={title}>
      <header class="lane-head">
        <span class="balancer">
          <Icon name="balance" />
          <strong>{title}</strong>
          {lane.balancer && <small>{lane.balancer.state}</small>}
        </span>
        <ul class="census" aria-label="Versions">
          {versions.map(([version, count]) => (
            <li key={version} class={`tone-${toneOf(version)}`}>
              <span class="swatch" /> {version} <b>×{count}</b>
            </li>
          ))}
        </ul>
      </header>
      {lane.balancer && <Traffic balancer={lane.balancer.name} />}
      {lane.targetGroups.length > 0 && (
        <div class="target-groups">
          {lane.targetGroups.map((group) => (
            <TargetGroup key={group.arn} group={group} alone={lane.targetGroups.length === 1} />
          ))}
        </div>
      )}
      <div class="groups">
        {lane.groups.map((group) => (
          <Group key={group.group.name} of={group} />
        ))}
      </div>
    </section>
  )
}
