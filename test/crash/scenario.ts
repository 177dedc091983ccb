import type { NewOperation } from '../../src/domain/operation/operation'
import type { Simulation, SimulationOptions } from '../support/simulation'
import type { EndingKind } from '../../src/domain/operation/phase'

/** One procedure in a simulated world, described so that it can be run again with a fault at any of its calls. */
export interface Scenario {
  /** Unique among all scenarios, as it is printed. */
  readonly name: string
  /** The catalogue, the fleet, who acts meanwhile, and how many targets must stay healthy. */
  readonly world: SimulationOptions
  /** Leads up to the operation that gets the faults, e.g. the deploy that a rollback undoes. Never gets one itself. */
  readonly before?: (simulation: Simulation) => Promise<void>
  /** What is asked for; its request names the procedure. */
  readonly operation: NewOperation
  readonly ending: EndingKind
  /** Faults begin where the first step of such a key does: what leads there gets them in another scenario. */
  readonly faultsFrom?: RegExp
  /** And end where the first step of such a key does: what follows gets them in another scenario. */
  readonly faultsTo?: RegExp
  /** Why customers lose requests here whoever does it, where they do: nowhere else may one be lost, at any instant. */
  readonly losesByNature?: string
  /** Why time alone changes how it ends, where it does: nobody is away there for hours. */
  readonly changesWithTime?: string
  /** What must be true of the fleet at the end, whatever was injected. */
  readonly expectFleet: (simulation: Simulation) => void
}
