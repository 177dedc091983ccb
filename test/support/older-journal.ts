import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Operation } from '../../src/domain/operation/operation'
import { withPresentNames, withPresentStrategy } from '../../src/domain/operation/former-names'
import type { Scenario } from '../crash/scenario'
import { type Simulation, type SimulationOptions, simulate } from './simulation'

/** What an older version of Rollcall had written down in the middle of a scenario, and what it had asked of AWS by then. */
export interface OlderJournal {
  readonly scenario: string
  readonly at: number
  /** Ids of the instances that there were at its beginning. */
  readonly instances: readonly string[]
  readonly requests: readonly { readonly at: number; readonly body: string; readonly answer: string }[]
  readonly store: { readonly kept: readonly (readonly [string, readonly (readonly [string, unknown])[]])[] }
}

export const olderJournal = (name: string): OlderJournal =>
  JSON.parse(
    readFileSync(join(__dirname, '..', 'fixtures', 'journals', `${name}.json`), 'utf8'),
  ) as OlderJournal

/** The operation that was in its middle. */
export const operationIn = ({ store }: OlderJournal): Operation => {
  const operations = store.kept.find(([name]) => name === 'operations')?.[1] ?? []
  const found = operations.map(([, operation]) => operation as Operation).find(({ ending }) => !ending)
  if (!found) throw new Error('the journal has no operation in its middle')
  return found
}

const ids = /\b(?:ami|snap|i|lt)-[0-9a-f]{17}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g

/** The store as Redis' records are read: operations with their procedure's and their strategy's names of today. */
const withTodaysWords = ({ kept, ...others }: OlderJournal['store']): OlderJournal['store'] => ({
  ...others,
  kept: kept.map(([name, entries]) => [
    name,
    entries.map(([key, value]) => [key, name === 'operations' ? readOperation(value as Operation) : value]),
  ]),
})

const readOperation = (operation: Operation): Operation => ({
  ...operation,
  request: withPresentNames(operation.request),
  ...(operation.plan && { plan: withPresentStrategy(operation.plan) }),
})

/**
 * A simulation that stands where the older version stood: AWS is asked the same at the same instants, and the store holds
 * what was written down. Ids that the simulated AWS gives today take the place of those that it gave then.
 */
export const continued = async (
  scenario: Scenario,
  journal: OlderJournal,
  world: Partial<SimulationOptions> = {},
): Promise<Simulation> => {
  const { at, instances, requests, store } = journal
  const simulation = simulate({ ...scenario.world, ...world })
  const { aws, clock } = simulation
  const today = new Map<string, string>()
  const same = (then: readonly string[], now: readonly string[]) =>
    then.forEach((id, index) => today.set(id, now[index] ?? id))
  const translated = (text: string) => text.replaceAll(ids, (id) => today.get(id) ?? id)

  same(instances, [...aws.world.instances.keys()])
  for (const request of requests) {
    clock.advanceTo(request.at)
    const answer = await aws.handle({
      method: 'POST',
      path: '/',
      headers: {},
      body: translated(request.body),
    })
    if (answer.status !== 200) throw new Error(answer.body)
    same(request.answer.match(ids) ?? [], answer.body.match(ids) ?? [])
  }
  clock.advanceTo(at)
  simulation.store.restore(translated(JSON.stringify(withTodaysWords(store))))
  simulation.known.add(operationIn(journal).id)
  return simulation
}
