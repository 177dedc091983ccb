import { become, user } from '../state/session'
import { app, channels, personas } from '../state/workspace'
import { Avatar } from './Avatar'
import { RailItem } from './RailItem'

const Personas = () => (
  <div class="rail-foot">
    <h2 id="personas">You are</h2>
    <ul aria-labelledby="personas">
      {personas.value.map((person) => (
        <li key={person.id}>
          <button
            type="button"
            class="rail-item persona"
            aria-pressed={person.id === user.value}
            title={person.timezone}
            onClick={() => become(person.id)}
          >
            <Avatar user={person.id} size={24} />
            <span>
              {person.name} <small>{person.title}</small>
            </span>
          </button>
        </li>
      ))}
    </ul>
  </div>
)

/** The workspace's side: where one can go, and who one is. */
export const Rail = () => (
  <nav class="rail" aria-label="Workspace">
    <div class="brand">
      <Avatar user={app.value.id} size={28} />
      <div>
        <strong>Rollcall</strong> <small>sandbox</small>
      </div>
    </div>
    <h2>Channels</h2>
    <ul>
      {channels.value
        .filter((channel) => channel.direct !== true)
        .map((channel) => (
          <RailItem key={channel.id} to={channel.id} icon="hash" label={channel.name} />
        ))}
    </ul>
    <h2>{app.value.name}</h2>
    <ul>
      <RailItem to="home" icon="home" label="Home" />
      {channels.value
        .filter((channel) => channel.direct === true)
        .map((channel) => (
          <RailItem key={channel.id} to={channel.id} icon="thread" label="Messages" />
        ))}
    </ul>
    <Personas />
  </nav>
)
