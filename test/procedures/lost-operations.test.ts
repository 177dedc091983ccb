import type { Operation } from '../../src/domain/operation/operation'
import { keptOperations, type Trace, tracesToKnow } from '../../src/domain/operation/lost'
import { rollcall } from '../../src/domain/access/person'
import { hour, minute } from '../../src/domain/time/time'
import { operationMessage } from '../../src/messages/operation/message'
import { startLostChecks } from '../../src/worker/timers/lost-operations'
import { lostOperations } from '../../src/facts/images/lost-operations'
import { UnreadableRecord } from '../../src/ports/failure'
import { newOperation } from '../support/operations'
import { onScreen } from '../support/on-screen'
import { silentLog } from '../support/silent-log'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'
import { VirtualTime } from '../support/virtual-time'

/* X41: what an operation left whose record was lost with the store. */

const simulateWeb = (): Simulation => simulate({ catalogue: catalogueOf(webService()) })

const checkIn = (span: number, { store, clock }: Simulation) =>
  store.timers.set({
    id: 'lost web',
    at: clock.now() + span,
    request: { procedure: 'detect-drift', service: 'web', about: 'lost' },
    by: rollcall,
  })

const deploy = async (simulation: Simulation, id: string, version: string) => {
  await simulation.start({ ...newOperation(id), request: { procedure: 'deploy', service: 'web', version } })
  await simulation.untilEnded()
}

/** A deploy to its end, of which the store then knows nothing any more. */
const deployAndForget = async (simulation: Simulation, id: string, version: string) => {
  const before = simulation.store.dump()
  await deploy(simulation, id, version)
  simulation.store.restore(before)
  simulation.known.delete(id)
}

const told = async ({ known, store }: Simulation): Promise<readonly Operation[]> => {
  const all = await Promise.all([...known].map((id) => store.journal.read(id)))
  return all.filter((one) => one?.request.procedure === 'detect-drift').filter((one) => one !== undefined)
}
const screen = (operation: Operation | undefined, language: 'en' | 'ko') =>
  operation &&
  onScreen(operationMessage({ operation, language, timezone: 'Asia/Seoul', now: operation.createdAt }))

describe('what an operation left whose record is lost', () => {
  test('is told once, by its names, with what to do, and nothing of it is deleted', async () => {
    const simulation = simulateWeb()
    await deployAndForget(simulation, 'web-k7f3q', 'v2')
    const calls = simulation.aws.calls().length
    await checkIn(minute, simulation)
    await simulation.pass(3 * 24 * hour)
    const [first, ...more] = await told(simulation)
    expect(more).toEqual([])
    const image = simulation.aws.view().images.find(({ name }) => name === 'Web Server v2')
    const shown = screen(first, 'en')
    expect(shown).toContain('No record knows `web-k7f3q` any more: it was lost with the store.')
    expect(shown).toContain(
      `Images that it made: \`Web Server v2 (${image?.id})\`. Launch template versions: \`Web 2\`.`,
    )
    expect(shown).toContain('Nothing was deleted.')
    expect(shown).toContain('[Status]')
    expect(screen(first, 'ko')).toContain('기록이 없습니다')
    const since = simulation.aws.calls().slice(calls)
    expect(since.filter(({ mutating }) => mutating)).toEqual([])
    expect(image?.state).toBe('available')
  })

  test('is told again only where more is lost', async () => {
    const simulation = simulateWeb()
    await deployAndForget(simulation, 'web-k7f3q', 'v2')
    await checkIn(minute, simulation)
    await simulation.pass(hour)
    await deployAndForget(simulation, 'web-m2x9p', 'v3')
    await simulation.pass(3 * 24 * hour)
    const all = await told(simulation)
    expect(all).toHaveLength(2)
    expect(screen(all[1], 'en')).toContain('web-m2x9p')
  })

  test('is nobody’s where the record is there, running or ended', async () => {
    const simulation = simulateWeb()
    await checkIn(minute, simulation)
    await deploy(simulation, 'web-k7f3q', 'v2')
    await simulation.pass(2 * 24 * hour)
    expect(await told(simulation)).toEqual([])
  })

  test('is looked for an hour later where AWS does not answer', async () => {
    const simulation = simulateWeb()
    await deployAndForget(simulation, 'web-k7f3q', 'v2')
    const fault = simulation.aws.setFault({ kind: 'error-before', action: 'DescribeImages', status: 500 })
    await checkIn(minute, simulation)
    await simulation.pass(30 * minute)
    simulation.aws.clearFaults(fault)
    expect(await told(simulation)).toEqual([])
    await simulation.pass(hour)
    expect(await told(simulation)).toHaveLength(1)
  })

  test('is not lost where its record is there and cannot be read', async () => {
    const simulation = simulateWeb()
    await deployAndForget(simulation, 'web-k7f3q', 'v2')
    const journal = {
      readableHistory: async () => [],
      read: async () => {
        throw new UnreadableRecord('operation web-k7f3q')
      },
    }
    expect(await lostOperations(simulation.account, journal, webService())).toEqual([])
  })
})

describe('what is too old to be on record', () => {
  const trace = (operation: string, at?: number): Trace => ({
    operation,
    kind: 'image',
    name: operation,
    ...(at !== undefined && { at }),
  })
  const kept = Array.from({ length: keptOperations }, (_, index) => ({
    id: `web-k${1000 + index}`,
    createdAt: 1_000_000 + index,
  }))

  test('is not lost: the store has dropped it, as it does', () => {
    const found = tracesToKnow([trace('web-older', 999_999), trace('web-aaaaa'), trace('web-k1000', 1)], kept)
    expect([...found.keys()]).toEqual([])
  })

  test('is told from what is younger than all that is kept, and from a store that keeps less', () => {
    const traces = [trace('web-newer', 1_000_050), trace('web-older', 999_999)]
    expect([...tracesToKnow(traces, kept).keys()]).toEqual(['web-newer'])
    expect([...tracesToKnow(traces, kept.slice(1)).keys()]).toEqual(['web-newer', 'web-older'])
  })
})

test('a store that changes hands is looked through a minute later, and one that knows no such look soon', async () => {
  const { store, clock, aws } = simulateWeb()
  const time = new VirtualTime()
  let changed = (): void => undefined
  const deps = {
    ...store,
    catalogue: catalogueOf(webService()),
    clock: { now: () => clock.now(), real: () => 0 },
  }
  const stop = startLostChecks(
    { ...deps, log: silentLog },
    (listener) => {
      changed = listener
      return () => undefined
    },
    time,
  )
  await stop()
  const at = async () => (await store.timers.of('web')).map((one) => [one.id, one.at - clock.now()])
  expect(await at()).toEqual([['lost web', 10 * minute]])
  changed()
  await new Promise(setImmediate)
  expect(await at()).toEqual([['lost web', minute]])
  expect(aws.calls()).toEqual([])
})
