import type { Simulation } from '../engine/simulation'
import type { LoadBalancer } from './state'

/**
 * Gives a load balancer an interface in each of its subnets, all in its security groups. aws: Elastic Load Balancing user
 * guide, "Load balancer subnets and routing". The id is made of its own, so that it takes nothing of chance.
 */
export function wearInterfaces(sim: Simulation, balancer: LoadBalancer): void {
  const path = balancer.arn.replace(/^.*:loadbalancer\//, '')
  const hex = path.slice(path.lastIndexOf('/') + 1)
  for (const one of own(sim, balancer.arn))
    if (!balancer.subnets.includes(one.subnet)) sim.world.interfaces.delete(one.id)
  const there = new Set(own(sim, balancer.arn).map(({ subnet }) => subnet))
  for (const subnet of balancer.subnets) {
    if (there.has(subnet)) continue
    const free = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'].find(
      (digit) => !sim.world.interfaces.has(`eni-${digit}${hex}`),
    )
    const id = `eni-${free ?? 'f'}${hex}`
    sim.world.interfaces.set(id, {
      id,
      loadBalancer: balancer.arn,
      description: `ELB ${path}`,
      subnet,
      securityGroups: [],
      status: 'in-use',
    })
  }
  for (const one of own(sim, balancer.arn)) one.securityGroups = [...balancer.securityGroups]
}

/** Its load balancer is deleted: its interfaces stay for minutes, and hold its security groups so long. */
export function releaseInterfaces(sim: Simulation, balancer: string): void {
  const left = own(sim, balancer)
  for (const one of left) one.status = 'available'
  sim.after(sim.draw('interfaceRelease'), () => {
    for (const { id } of left) sim.world.interfaces.delete(id)
  })
}

const own = (sim: Simulation, balancer: string) =>
  [...sim.world.interfaces.values()].filter(({ loadBalancer }) => loadBalancer === balancer)
