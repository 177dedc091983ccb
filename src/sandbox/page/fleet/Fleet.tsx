import { fleet } from '../state/account'
import { Tools } from '../tools/Tools'
import { Baking } from './Baking'
import { Images } from './Images'
import { LaneView } from './LaneView'
import { Legend } from './Legend'
import { lanes } from './model'
import { SecurityGroups } from './SecurityGroups'
import { Strays } from './Strays'
import { Templates } from './Templates'
import { Ticker } from './Ticker'
import { UnroutedTargetGroups } from './UnroutedTargetGroups'
import { colorImages } from './version'

/** The right side: the simulated account as it lives. */
export const Fleet = () => {
  const view = fleet.value
  colorImages(view?.images ?? [])
  return (
    <section class="fleet" aria-label="Fleet" id="fleet" tabIndex={-1}>
      <Tools />
      <div class="fleet-scroll">
        {view === null ? (
          <p class="empty">Waiting for the sandbox…</p>
        ) : (
          <>
            <Legend />
            <Baking fleet={view} />
            {lanes(view).map((lane) => (
              <LaneView key={lane.key} lane={lane} />
            ))}
            <div class="panels">
              <Images fleet={view} />
              <Templates fleet={view} />
              <SecurityGroups fleet={view} />
              <UnroutedTargetGroups fleet={view} />
              <Strays fleet={view} />
            </div>
          </>
        )}
      </div>
      <Ticker />
    </section>
  )
}
