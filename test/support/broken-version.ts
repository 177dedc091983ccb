import type { Strategy } from '../../src/domain/catalogue/strategy'
import type { Operation } from '../../src/domain/operation/operation'
import { minute } from '../../src/domain/time/time'
import type { Aws } from '../../src/sandbox/aws'
import { newOperation } from './operations'
import type { Simulation } from './simulation'

/** One more version of the service that S1 has, to its end. */
export const deployVersion = async (
  simulation: Simulation,
  version: string,
  strategy: Strategy,
): Promise<Operation> => {
  const request = { procedure: 'deploy', service: 'web', version, strategy } as const
  const id = await simulation.start({ ...newOperation(`web-${version}`), request })
  return simulation.untilOver(id)
}

export const sickVersion = (version: string) =>
  ({ kind: 'never-healthy', image: `Web Server ${version}` }) as const

/** When the first instance of the newest template version came into service. */
export const watchFirstInService = (aws: Aws, now: () => number) => {
  let newest = 0
  let at = Number.NaN
  aws.onChange(() => {
    for (const { group, lifecycle, templateVersion = 0 } of aws.view().instances) {
      if (group !== 'Web-ASG' || lifecycle !== 'InService' || templateVersion <= newest) continue
      newest = templateVersion
      at = now()
    }
  })
  return { at: () => at }
}

/** When an operation decided to go back, counted from an instant. */
export const minutesUntilNoticed = ({ steps }: Operation, from: number): number => {
  const failed = steps.find(({ state }) => state === 'failed')
  return ((failed?.endedAt ?? Number.NaN) - from) / minute
}
