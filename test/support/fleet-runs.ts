import type { Request } from '../../src/domain/operation/request'
import { newOperation } from './operations'
import type { Simulation } from './simulation'

let count = 0

/** Runs one operation of a simulation to its end. */
export const run = async (simulation: Simulation, request: Request) => {
  const id = `${request.service}-${String((count += 1)).padStart(5, 'a')}`
  await simulation.start({ ...newOperation(id, request.service), request })
  await simulation.untilEnded()
  return simulation.operation(id)
}

/** Names of what AWS has by the tag of a service. */
export const owned = async ({ account, aws }: Simulation, service: string): Promise<readonly string[]> => {
  const groups = await account.groups.tagged({ 'rollcall:service': service })
  const { world: all } = aws
  const ofService = ({ tags }: { tags: ReadonlyMap<string, string> }) =>
    tags.get('rollcall:service') === service
  return [
    ...[...all.securityGroups.values()].filter(ofService).map(({ name }) => name),
    ...[...all.loadBalancers.values()].filter(ofService).map(({ shape }) => shape.LoadBalancerName ?? ''),
    ...[...all.targetGroups.values()].filter(ofService).map(({ name }) => name),
    ...[...all.listeners.values()].filter(ofService).map(() => 'listener'),
    ...[...all.templates.values()].filter(ofService).map(({ name }) => name),
    ...groups.map(({ name }) => name),
  ]
}
