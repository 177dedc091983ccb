import type { Appointment } from '../../src/domain/appointment'
import type { Operation } from '../../src/domain/operation'
import type { Lock } from '../../src/ports/locks'
import type { WireRequest } from '../../src/sandbox/aws/wire/calls'
import { type Rehearsal, rehearse, type Rehearsing } from './rehearsal'

/** What led up to a story: the calls that changed AWS, at their instants, and what was written. */
interface Tape {
  readonly calls: readonly { readonly at: number; readonly request: WireRequest }[]
  readonly ended: number
  readonly operations: readonly Operation[]
  readonly appointments: readonly Appointment[]
  readonly locks: readonly Lock[]
  /** How AWS looked at the end. */
  readonly view: string
}

/**
 * What leads up to a story, told once for all its tellings: from then on only its changes are repeated, without the
 * looks between them, which take most of the time. How often somebody looks does not change what happens in the
 * simulated AWS; that it has come to the very same state is compared each time.
 */
export const retold = (
  how: Rehearsing,
  service: string,
  before: (rehearsal: Rehearsal) => Promise<void>,
): ((rehearsal: Rehearsal) => Promise<void>) => {
  let tape: Promise<Tape> | undefined
  return async (rehearsal) => {
    tape ??= taped(rehearse(how), service, before)
    await play(await tape, rehearsal)
  }
}

const taped = async (
  rehearsal: Rehearsal,
  service: string,
  before: (rehearsal: Rehearsal) => Promise<void>,
): Promise<Tape> => {
  const { aws, clock, store } = rehearsal
  const calls: { at: number; request: WireRequest }[] = []
  const handle = aws.handle.bind(aws)
  Object.assign(aws, {
    handle: async (request: WireRequest) => {
      const answer = await handle(request)
      if (aws.calls().at(-1)?.mutating) calls.push({ at: clock.now(), request })
      return answer
    },
  })
  await before(rehearsal)
  return {
    calls,
    ended: clock.now(),
    operations: (await store.journal.history(service, 50)).toReversed(),
    appointments: await store.appointments.of(service),
    locks: await store.locks.all(),
    view: seen(rehearsal),
  }
}

const play = async (tape: Tape, rehearsal: Rehearsal): Promise<void> => {
  const { aws, clock, store, known } = rehearsal
  for (const { at, request } of tape.calls) {
    clock.advanceTo(at)
    await aws.handle(request)
  }
  clock.advanceTo(tape.ended)
  for (const operation of tape.operations) {
    known.add(operation.id)
    await write(store.journal, operation)
  }
  for (const appointment of tape.appointments) await store.appointments.set(appointment)
  for (const lock of tape.locks) await store.locks.set(lock)
  if (seen(rehearsal) !== tape.view) throw new Error('what leads up to the story came to another state')
}

const seen = ({ aws }: Rehearsal): string => JSON.stringify(aws.view())

/** Writes an operation that has ended as it was. */
const write = async (journal: Rehearsal['store']['journal'], operation: Operation): Promise<void> => {
  const { id, steps, notes, signals: _, fence: _fence, revision: _revision, ending, ...rest } = operation
  await journal.create(
    rest.why === undefined ? { ...rest, id } : { ...rest, id, why: rest.why },
    `delivery-${id}`,
  )
  const taken = await journal.takePen(id)
  if (!taken) throw new Error(`no operation ${id}`)
  for (const step of steps) await journal.write(taken.pen, { step })
  for (const note of notes) await journal.write(taken.pen, { note })
  const { phase, plan, startedAt, fleet } = rest
  await journal.write(taken.pen, {
    phase,
    ...(plan && { plan }),
    ...(startedAt !== undefined && { startedAt }),
    ...(fleet && { fleet }),
    ...(ending && { ending }),
  })
}
