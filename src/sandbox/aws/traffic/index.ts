import type { TrafficView } from '../../protocol'
import type { Simulation } from '../engine/simulation'
import { DataPlane } from './data-plane'
import { Ledger } from './ledger'
import { trafficView } from './view'

/** What clients meet behind the load balancers of an account, and what becomes of their requests. */
export interface Traffic {
  /** Answers requests one by one. */
  readonly dataPlane: DataPlane
  view(): TrafficView
}

export function createTraffic(sim: Simulation): Traffic {
  const ledger = new Ledger()
  const dataPlane = new DataPlane(sim, (outcome) => ledger.record(outcome, sim.now))
  return {
    dataPlane,
    view: () => trafficView(sim.world, sim.now, ledger, () => ({ requestsPerSecond: 0, curve: 'flat' })),
  }
}
