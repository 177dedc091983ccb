import type { FleetView, ImageView } from '../../protocol'
import { Icon } from '../ui/Icon'
import { Meter } from './Meter'

const Image = ({ image }: { image: ImageView }) => (
  <li class={`image-row image-${image.state}`}>
    <span class="image-name">
      <Icon name="image" size={14} /> {image.name}
    </span>
    <code>{image.id}</code>
    {image.state === 'pending' ? (
      <span class="image-baking">
        <span>baking{image.percent === undefined ? '' : ` ${image.percent} %`}</span>
        <Meter percent={image.percent} label={`Baking ${image.name}`} />
      </span>
    ) : (
      <span class="image-state">{image.state}</span>
    )}
  </li>
)

const shown = 5

/** The newest images, those being baked with how far they are. */
export const Images = ({ fleet }: { fleet: FleetView }) => {
  const newest = [...fleet.images].sort((a, b) => b.createdAt - a.createdAt).slice(0, shown)
  return (
    <section class="panel" aria-label="Images">
      <h3>Images</h3>
      <ul class="rows">
        {newest.map((image) => (
          <Image key={image.id} image={image} />
        ))}
      </ul>
    </section>
  )
}
