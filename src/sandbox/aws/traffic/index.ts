import type { TrafficView } from '../../protocol'
import type { Simulation } from '../engine/simulation'
import { Capacity } from './capacity'
import { Customers } from './customers'
import { DataPlane } from './data-plane'
import type { Demand } from './demand'
import { InstanceMeters } from './instance-meters'
import { Ledger } from './ledger'
import { BalancerMeters } from './meters'
import type { Outcome } from './outcomes'
import { trafficView } from './view'

const minute = 60_000
const samples = 5_000

/** What clients meet behind the load balancers of an account, and what becomes of their requests. */
export interface Traffic {
  /** Answers requests one by one. */
  readonly dataPlane: DataPlane
  /** Lets AWS publish metrics from now on; before there are none, and no alarm is evaluated. */
  start(): void
  /** Sets the simulated customers of a load balancer, by name, and starts; false where there is no such one. */
  setCustomers(loadBalancer: string, demand: Demand): boolean
  view(): TrafficView
}

/** `eachMinute` is called once CloudWatch has a new minute. */
export function createTraffic(sim: Simulation, eachMinute: () => void = () => {}): Traffic {
  const ledger = new Ledger()
  const capacity = new Capacity()
  const balancers = new BalancerMeters(sim)
  const instances = new InstanceMeters(sim, capacity)
  let started = false
  const record = (outcome: Outcome) => {
    ledger.record(outcome, sim.now)
    if (started) balancers.record(outcome)
  }
  const customers = new Customers(sim, capacity, record)
  const dataPlane = new DataPlane(sim, capacity, record)

  const publish = (end: number) => {
    balancers.publish(end)
    instances.publish(end)
    if (end % (60 * minute) === 0) sim.metrics.forget(end)
    eachMinute()
    sim.clock.at(end + minute, () => publish(end + minute))
  }
  const sample = (at: number) => {
    instances.sample()
    sim.clock.at(at + samples, () => sample(at + samples))
  }
  const start = () => {
    if (started) return
    started = true
    customers.start()
    const first = Math.ceil((sim.now + 1) / minute) * minute
    sample(sim.now)
    sim.clock.at(first, () => publish(first))
  }
  return {
    dataPlane,
    start,
    setCustomers(name, demand) {
      const found = [...sim.world.loadBalancers.values()].find((one) => one.shape.LoadBalancerName === name)
      if (!found) return false
      start()
      customers.set(found.arn, demand)
      return true
    },
    view: () => trafficView(sim.world, sim.now, { ledger, capacity, demandOf: (arn) => customers.of(arn) }),
  }
}
