import type { Service } from '../../src/domain/catalogue/catalogue'
import type { Request } from '../../src/domain/operation/request'
import { seedPay } from '../../src/sandbox/aws/seed-pay'
import type { Aws } from '../../src/sandbox/aws'
import { catalogueOf, type Simulation, simulate, type SimulationOptions } from './simulation'
import { shopService } from './shop'

/** The service `pay`: two colors with a target group each behind one listener, shifted by weights. */
export const payService = (facts: Partial<Service> = {}): Service =>
  shopService({
    name: 'pay',
    colors: { blue: 'pay-blue', green: 'pay-green' },
    strategy: 'canary',
    gate: { bake: 10_000, timeout: 10 * 60_000 },
    ...facts,
  })

/** Whichever color gets traffic has two healthy targets, or one where so much is allowed. */
export const payGuard = (minimum = 2) => ({ weighted: ['pay-blue-TG', 'pay-green-TG'], minimum })

type Prepare = NonNullable<SimulationOptions['prepare']>

/** How `pay` is simulated: with the fleet of the seed beside it. */
export const paySimulation = ({
  service,
  prepare,
  ...how
}: Partial<SimulationOptions> & { service?: Partial<Service> } = {}): SimulationOptions => ({
  catalogue: catalogueOf(payService(service)),
  guard: payGuard(),
  ...how,
  prepare: (aws, clock) => {
    seedPay(aws)
    prepare?.(aws, clock)
  },
})

export const simulatePay = (
  how: Parameters<typeof paySimulation>[0] & { prepare?: Prepare } = {},
): Simulation => simulate(paySimulation(how))

export const deployPay = (weights?: readonly number[], version = 'v2'): Request => ({
  procedure: 'deploy',
  service: 'pay',
  version,
  ...(weights && { weights }),
})
export const swapPay = (weights?: readonly number[]): Request => ({
  procedure: 'swap',
  service: 'pay',
  ...(weights && { weights }),
})
export const rollBackPay: Request = { procedure: 'rollback', service: 'pay' }
export const finishPay: Request = { procedure: 'finish', service: 'pay' }

/** Weights by the target groups' names, for each route, the listener first. */
export const weightsOf = ({ world }: Pick<Aws, 'world'>): readonly Readonly<Record<string, number>>[] => {
  const names = new Map([...world.targetGroups.values()].map(({ arn, name }) => [arn, name]))
  return [...world.listeners.values(), ...world.rules.values()].flatMap(({ actions }) =>
    actions.flatMap(({ ForwardConfig }) => {
      const shared = (ForwardConfig?.TargetGroups ?? []).map(
        ({ TargetGroupArn = '', Weight = 1 }) => [names.get(TargetGroupArn) ?? '', Weight] as const,
      )
      return shared.some(([name]) => name.startsWith('pay-')) ? [Object.fromEntries(shared)] : []
    }),
  )
}
