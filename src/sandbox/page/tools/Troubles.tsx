import { faults, fleet } from '../state/account'
import { clearFault, setFault } from '../state/api'
import { type Trouble, troubles } from './switches'

const Switch = ({ trouble }: { trouble: Trouble }) => {
  const set = faults.value.filter(({ fault }) => fault.kind === trouble.kind)
  const flip = async () => {
    const fault = trouble.fault(fleet.value)
    if (set.length === 0) await (fault && setFault(fault))
    else await Promise.all(set.map(({ id }) => clearFault(id)))
  }
  return (
    <button
      type="button"
      role="switch"
      aria-checked={set.length > 0}
      class="trouble"
      title={trouble.about}
      onClick={() => void flip()}
    >
      <span class="trouble-knob" />
      {trouble.label}
    </button>
  )
}

/** Switches that break the world the bot works in. */
export const Troubles = () => (
  <div class="troubles" role="group" aria-label="Make trouble">
    {troubles.map((trouble) => (
      <Switch key={trouble.label} trouble={trouble} />
    ))}
  </div>
)
