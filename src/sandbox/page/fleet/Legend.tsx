import { stateWords, type TileState } from './model'

const states: TileState[] = ['booting', 'checking', 'serving', 'draining', 'standby', 'warm', 'unhealthy']

/** What the forms of the tiles mean; the colors are each fleet's own versions. */
export const Legend = () => (
  <ul class="legend" aria-label="What the tiles mean">
    {states.map((state) => (
      <li key={state} class={`tile-${state} tone-0`}>
        <span class="tile-face" /> {stateWords[state]}
      </li>
    ))}
    <li class="legend-note">color = version</li>
  </ul>
)
