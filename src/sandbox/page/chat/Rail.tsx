import { openHome } from '../state/api'
import { place, thread, unread } from '../state/place'
import { become, user } from '../state/session'
import { app, channels, personas } from '../state/workspace'
import { Icon } from '../ui/Icon'
import { Avatar } from './Avatar'

/** Goes to a channel, or with `home` to the app's Home, which the app is told of. */
export const goTo = (id: string) => {
  thread.value = null
  if (id === 'home') {
    place.value = { kind: 'home' }
    void openHome()
    return
  }
  place.value = { kind: 'channel', id }
  unread.value = new Set([...unread.value].filter((other) => other !== id))
}

/** The workspace's side: where one can go, and who one is. */
export const Rail = () => {
  const here = place.value
  return (
    <nav class="rail" aria-label="Workspace">
      <div class="brand">
        <Avatar user={app.value.id} size={28} />
        <div>
          <strong>Rollcall</strong>
          <small>sandbox</small>
        </div>
      </div>
      <h2>Channels</h2>
      <ul>
        {channels.value.map((channel) => {
          const current = here.kind === 'channel' && here.id === channel.id
          return (
            <li key={channel.id}>
              <button
                type="button"
                class={unread.value.has(channel.id) ? 'rail-item rail-unread' : 'rail-item'}
                aria-current={current ? 'page' : undefined}
                onClick={() => goTo(channel.id)}
              >
                <Icon name="hash" />
                <span>{channel.name}</span>
              </button>
            </li>
          )
        })}
      </ul>
      <h2>Apps</h2>
      <ul>
        <li>
          <button
            type="button"
            class="rail-item"
            aria-current={here.kind === 'home' ? 'page' : undefined}
            onClick={() => goTo('home')}
          >
            <Icon name="home" />
            <span>{app.value.name}</span>
          </button>
        </li>
      </ul>
      <div class="rail-foot">
        <h2 id="personas">You are</h2>
        <ul aria-labelledby="personas">
          {personas.value.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                class="rail-item persona"
                aria-pressed={person.id === user.value}
                onClick={() => become(person.id)}
              >
                <Avatar user={person.id} size={24} />
                <span>
                  {person.name}
                  <small>{person.title}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  )
}
