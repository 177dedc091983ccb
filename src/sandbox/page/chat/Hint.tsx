import { Icon } from '../ui/Icon'
import { finish, nextStop } from './tour'

/** The newcomer's hint above the composer: one thing to try, with one click. */
export const Hint = () => {
  const stop = nextStop.value
  if (!stop) return null
  const go = () => {
    stop.go()
    finish(stop.id)
  }
  return (
    <aside key={stop.id} class="tour" aria-label="Something to try">
      <div class="tour-text">
        <strong>{stop.title}</strong>
        <span>{stop.about}</span>
      </div>
      <button type="button" class="tour-go" onClick={go}>
        <code>{stop.button}</code>
      </button>
      <button type="button" class="close" aria-label="Not now" onClick={() => finish(stop.id)}>
        <Icon name="close" size={14} />
      </button>
    </aside>
  )
}
