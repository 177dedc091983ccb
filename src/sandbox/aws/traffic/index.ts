import type { TrafficView } from '../../protocol'
import { evaluateAlarms } from '../cloudwatch/alarm-state'
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
/** Alarms are evaluated so long after each full minute: the minute before the last is told by then. */
const evaluationOffset = 20_000

/** What clients meet behind the load balancers of an account, and what becomes of their requests. */
export interface Traffic {
  /** Answers requests one by one. */
  readonly dataPlane: DataPlane
  /**
   * Sets the simulated customers of a load balancer, by name; false where there is no such one. With the first of them AWS
   * begins to publish metrics and to evaluate alarms.
   */
  setCustomers(loadBalancer: string, demand: Demand): boolean
  view(): TrafficView
}

export function createTraffic(sim: Simulation): Traffic {
  const ledger = new Ledger()
  const capacity = new Capacity()
  const isKnown = (loadBalancer: string) => customers.has(loadBalancer)
  const balancers = new BalancerMeters(sim, isKnown)
  const instances = new InstanceMeters(sim, capacity, isKnown)
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
    sim.clock.at(end + minute, () => publish(end + minute))
  }
  const evaluate = (at: number) => {
    evaluateAlarms(sim)
    sim.clock.at(at + minute, () => evaluate(at + minute))
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
    sim.clock.at(first + evaluationOffset, () => evaluate(first + evaluationOffset))
  }
  return {
    dataPlane,
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
