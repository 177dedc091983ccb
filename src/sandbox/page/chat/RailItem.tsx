import { place, unread } from '../state/place'
import { Icon, type IconName } from '../ui/Icon'
import { goTo } from './go'

interface Props {
  /** A channel's id, or `home`. */
  to: string
  icon: IconName
  label: string
}

/** One place of the workspace in the rail. */
export const RailItem = ({ to, icon, label }: Props) => {
  const here = place.value
  const current = here.kind === 'home' ? to === 'home' : here.id === to
  return (
    <li>
      <button
        type="button"
        class={unread.value.has(to) ? 'rail-item rail-unread' : 'rail-item'}
        aria-current={current ? 'page' : undefined}
        onClick={() => goTo(to)}
      >
        <Icon name={icon} />
        <span>
          {label}
          {unread.value.has(to) && <span class="unseen"> (new messages)</span>}
        </span>
      </button>
    </li>
  )
}
