import { fleet } from '../state/account'
import { setBackups } from '../state/api'

const about =
  'AWS Backup takes an image of a web instance now and each night at 01:00 in Seoul; Rollcall moves to the newest at 02:00'

/** Backup images that appear daily, as in a life of scale-outs on the newest one. */
export const BackupSwitch = () => {
  const on = fleet.value?.backups === true
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      class="trouble daily"
      title={about}
      onClick={() => void setBackups(!on)}
    >
      <span class="trouble-knob" />
      Daily backups
    </button>
  )
}
