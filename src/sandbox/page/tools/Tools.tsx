import { BackupSwitch } from './BackupSwitch'
import { Clock } from './Clock'
import { Speed } from './Speed'
import { Faults } from './Faults'
import { WorkerSwitch } from './WorkerSwitch'

/** The strip above the fleet: time, its pace, and ways to make trouble. */
export const Tools = () => (
  <header class="tools" id="tools" tabIndex={-1}>
    <div class="tools-row">
      <Clock />
      <Speed />
      <WorkerSwitch />
    </div>
    <div class="switches">
      <Faults />
      <BackupSwitch />
    </div>
  </header>
)
