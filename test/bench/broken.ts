import type { Strategy } from '../../src/domain/catalogue/strategy'
import {
  deployVersion,
  minutesUntilNoticed,
  sickVersion,
  watchFirstInService,
} from '../support/broken-version'
import { catalogueOf, simulate, webService } from '../support/simulation'
import { figure, rounded, say } from './report'
import { median } from './statistics'

const strategies: readonly Strategy[] = ['refresh', 'replace', 'surge']
const worlds = 5

/**
 * `broken_version_noticed_minutes`: from the first instance of a version that never gets healthy in service until its
 * deploy goes back, in simulated minutes, after two deploys of the same service that went well.
 */
export const broken = async (): Promise<void> => {
  say(`broken: ${worlds} worlds, each by ${strategies.join(', ')}`)
  const noticed: number[] = []
  for (const strategy of strategies)
    for (let seed = 1; seed <= worlds; seed += 1) noticed.push(await noticedIn(strategy, seed))
  figure({
    name: 'broken_version_noticed_minutes',
    value: median(noticed),
    unit: 'minutes',
    most: rounded(Math.max(...noticed)),
    least: rounded(Math.min(...noticed)),
    of: noticed.length,
  })
}

const noticedIn = async (strategy: Strategy, seed: number): Promise<number> => {
  const simulation = simulate({ catalogue: catalogueOf(webService()), seed })
  for (const version of ['v2', 'v3']) await deployVersion(simulation, version, strategy)
  const watched = watchFirstInService(simulation.aws, () => simulation.clock.now())
  simulation.aws.setFault(sickVersion('v4'))
  const operation = await deployVersion(simulation, 'v4', strategy)
  if (operation.ending?.kind !== 'rolled back') throw new Error(`v4 ended ${operation.ending?.kind}`)
  return minutesUntilNoticed(operation, watched.at())
}
