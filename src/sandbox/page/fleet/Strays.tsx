import type { FleetView } from '../../protocol'
import { strays } from './model'
import { versionOf } from './version'

/** Instances outside of all groups: what images are baked from. */
export const Strays = ({ fleet }: { fleet: FleetView }) => {
  const alone = strays(fleet)
  if (alone.length === 0) return null
  return (
    <section class="panel" aria-label="Instances in no group">
      <h3>In no group</h3>
      <ul class="rows">
        {alone.map((instance) => (
          <li key={instance.id} class="image-row">
            <span class="image-name">{instance.tags['Name'] ?? instance.id}</span>
            <code>{instance.id}</code>
            <span class="image-state">
              {versionOf(instance)} · {instance.state}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
