import { place } from '../state/place'
import { become, user } from '../state/session'
import { app, channels, personas } from '../state/workspace'
import { Icon } from '../ui/Icon'
import { goTo } from './go'

/** The rail of a narrow screen: two selects. */
export const PhoneBar = () => {
  const here = place.value
  return (
    <div class="phone-bar">
      <div class="select">
        <select
          aria-label="Where to go"
          value={here.kind === 'home' ? 'home' : here.id}
          onChange={(event) => goTo(event.currentTarget.value)}
        >
          {channels.value.map((channel) => (
            <option key={channel.id} value={channel.id}>
              {channel.direct === true ? `${app.value.name}: messages` : `# ${channel.name}`}
            </option>
          ))}
          <option value="home">{app.value.name}: home</option>
        </select>
        <Icon name="down" size={14} />
      </div>
      <div class="select">
        <select
          aria-label="Who you are"
          value={user.value}
          onChange={(event) => become(event.currentTarget.value)}
        >
          {personas.value.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name} · {person.title}
            </option>
          ))}
        </select>
        <Icon name="down" size={14} />
      </div>
    </div>
  )
}
