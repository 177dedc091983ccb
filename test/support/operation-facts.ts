import { factsOf } from '../../src/gateway/operation-view/operation-view'
import type { Service } from '../../src/domain/catalogue/catalogue'
import type { Operation } from '../../src/domain/operation/operation'
import type { OperationFacts } from '../../src/messages/operation/facts'
import { frontDesk } from './gateway-deps'
import { catalogueOf, type Simulation } from './simulation'

/** A front desk on what a simulation has written. */
export const deskOn = ({ store, clock }: Simulation, service: Service) =>
  frontDesk({
    catalogue: catalogueOf(service),
    clock: { now: () => clock.now(), real: (span) => span },
    journal: store.journal,
    locks: store.locks,
    timers: store.timers,
  }).desk

/** What the message of an operation is told at this moment. */
export const toldOf = async (
  simulation: Simulation,
  service: Service,
  { id }: Pick<Operation, 'id'>,
): Promise<OperationFacts> => {
  const voice = { language: 'en', timezone: 'Asia/Seoul', now: simulation.clock.now() } as const
  return factsOf(deskOn(simulation, service), await simulation.operation(id), voice)
}
