import { speed } from '../state/account'
import { setSpeed } from '../state/api'

const speeds = [5, 20, 60, 200]

/** How many simulated seconds pass in a real one. */
export const Speed = () => (
  <fieldset class="speed">
    <legend class="unseen">Speed</legend>
    {speeds.map((one) => (
      <label key={one} class={one === speed.value ? 'speed-one speed-now' : 'speed-one'}>
        <input type="radio" name="speed" checked={one === speed.value} onChange={() => void setSpeed(one)} />
        {one}×
      </label>
    ))}
  </fieldset>
)
