import type { FleetView } from '../../protocol'
import { Icon } from '../ui/Icon'
import { Meter } from './Meter'

/** Images that are being baked, above the fleets: for minutes this is all that happens of a deploy. */
export const Baking = ({ fleet }: { fleet: FleetView }) => (
  <>
    {fleet.images
      .filter((image) => image.state === 'pending')
      .map((image) => (
        <section key={image.id} class="baking" aria-label={`Baking ${image.name}`}>
          <Icon name="image" />
          <span class="baking-name">
            Baking <b>{image.name}</b>
          </span>
          <code>{image.id}</code>
          <Meter percent={image.percent} label={`Baking ${image.name}`} />
          <span class="number">{image.percent === undefined ? '' : `${Math.round(image.percent)} %`}</span>
        </section>
      ))}
  </>
)
