import type { FleetView } from '../../protocol'
import { Icon } from '../ui/Icon'

const shown = 5
const words: Record<string, string> = { pending: 'baking' }

/** The newest images. */
export const Images = ({ fleet }: { fleet: FleetView }) => (
  <section class="panel" aria-label="Images">
    <h3>Images</h3>
    <ul class="rows">
      {fleet.images
        .toSorted((a, b) => b.createdAt - a.createdAt)
        .slice(0, shown)
        .map((image) => (
          <li key={image.id} class={`image-row image-${image.state}`}>
            <span class="image-name">
              <Icon name="image" size={14} /> {image.name}
            </span>
            <code>{image.id}</code>
            <span class="image-state">{words[image.state] ?? image.state}</span>
          </li>
        ))}
    </ul>
  </section>
)
