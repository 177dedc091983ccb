import { faults, fleet } from '../state/account'
import { clearFault, setFault } from '../state/api'
import { type FaultSwitch, faultSwitches } from './switches'

const Switch = ({ faultSwitch }: { faultSwitch: FaultSwitch }) => {
  const set = faults.value.filter(({ fault }) => fault.kind === faultSwitch.kind)
  const flip = async () => {
    const fault = faultSwitch.fault(fleet.value)
    if (set.length === 0) await (fault && setFault(fault))
    else await Promise.all(set.map(({ id }) => clearFault(id)))
  }
  return (
    <button
      type="button"
      role="switch"
      aria-checked={set.length > 0}
      class="trouble"
      title={faultSwitch.about}
      onClick={() => void flip()}
    >
      <span class="trouble-knob" />
      {faultSwitch.label}
    </button>
  )
}

/** Switches that break the world the bot works in. */
export const Faults = () => (
  <div class="troubles" role="group" aria-label="Make trouble">
    {faultSwitches.map((faultSwitch) => (
      <Switch key={faultSwitch.label} faultSwitch={faultSwitch} />
    ))}
  </div>
)
