import type { Service } from '../domain/catalogue'
import { type Ending, type Operation, type OperationId, serviceOf } from '../domain/operation'
import type { Plan } from '../domain/plan'
import { reason } from '../domain/reasons'
import { onlyLooks } from '../domain/request'
import { operationSteps } from '../domain/steps/operation'
import { type Instant, second } from '../domain/time'
import { execute } from '../durable/execute'
import { Recorder } from '../durable/recorder'
import { StoreUnavailable, Superseded } from '../ports/failure'
import type { Next } from '../ports/wakeups'
import { runbookFor } from '../procedures'
import { tryWindowAgain } from './appointments'
import { endingKind, leftMidway, leftovers } from './leftovers'
import { prepare } from './prepare'
import type { Workshop } from './worker'

/** So often in a row a tick may be taken by surprise before a person is asked. */
const surprises = 5

/**
 * One tick of an operation: takes it as far as it goes now and says when to look again. Any number of ticks of one
 * operation may run at once: the newest holds the pen, and the others stop at their next write.
 */
export const createTick =
  (workshop: Workshop) =>
  async (id: OperationId): Promise<Next> => {
    const taken = await workshop.journal.takePen(id)
    if (!taken || taken.operation.ending) return undefined
    const recorder = new Recorder(workshop.journal, taken.pen, taken.operation)
    try {
      const next = await advance(workshop, recorder)
      await forgetSurprises(workshop, recorder)
      return next
    } catch (thrown) {
      if (thrown instanceof Superseded) return undefined
      if (thrown instanceof StoreUnavailable) throw thrown
      return await surprised(workshop, recorder, thrown)
    }
  }

const advance = async (workshop: Workshop, recorder: Recorder): Promise<Next> => {
  const { operation } = recorder
  const service = workshop.catalogue.services.get(operation.request.service)
  const underWay = operation.startedAt !== undefined
  if (!service) {
    const why = reason('unknown_service', { service: operation.request.service })
    return underWay
      ? end(workshop, recorder, 'needs attention', why, asItStands(recorder))
      : end(workshop, recorder, 'refused', why)
  }
  if (underWay && operation.plan) return carryOut(workshop, service, operation.plan, recorder)

  const prepared = await prepare(workshop, service, recorder)
  switch (prepared.kind) {
    case 'wait':
      return prepared.next
    case 'refuse':
      return end(workshop, recorder, 'refused', prepared.reason)
    case 'cancel':
      return end(workshop, recorder, 'cancelled', prepared.reason)
    case 'start':
      await recorder.write({ phase: 'running', startedAt: workshop.clock.now() })
      return carryOut(workshop, service, prepared.plan, recorder)
  }
}

const carryOut = async (
  workshop: Workshop,
  service: Service,
  plan: Plan,
  recorder: Recorder,
): Promise<Next> => {
  const { operation } = recorder
  const { journal, clock, locks, appointments, calendar, accounts } = workshop
  const account = accounts(service.where)
  const context = { operation, service, plan, account, journal, locks, appointments, calendar, clock }
  const executed = await execute(recorder, clock, (run) => runbookFor(operation.request).run(run, context))
  if (executed.kind === 'suspended') return { at: executed.until }
  if (executed.kind === 'succeeded') return end(workshop, recorder, 'succeeded')
  const left = leftovers(recorder, executed)
  return end(workshop, recorder, endingKind(operation, executed, left), executed.reason, left)
}

const end = async (
  workshop: Workshop,
  recorder: Recorder,
  kind: Ending['kind'],
  why?: Ending['reason'],
  left: Ending['left'] = [],
): Promise<Next> => {
  const at = workshop.clock.now()
  const ending: Ending = { kind, at, left, ...(why && { reason: why }) }
  await tryWindowAgain(workshop, recorder.operation, ending)
  const { next } = await recorder.write({ phase: 'ended', ending })
  workshop.log.info({ operation: recorder.operation.id, ending: kind, reason: why?.code }, 'operation ended')
  workshop.onEnded?.({ ...recorder.operation, ending })
  if (next) await workshop.wakeups.wake(next)
  await wakeFollowers(workshop, recorder.operation)
  return undefined
}

/** What is left where an operation stops in its middle; nothing where it had not begun. */
const asItStands = (recorder: Recorder): Ending['left'] =>
  recorder.operation.startedAt === undefined ? [] : leftMidway(recorder)

/** Whoever only looks at the service sees at once what has changed. That it fails harms nothing: they look by themselves. */
const wakeFollowers = async (
  { journal, wakeups, log }: Workshop,
  { id, request }: Operation,
): Promise<void> => {
  if (onlyLooks(request)) return
  try {
    const others = (await journal.unfinished()).filter(
      (other) => other !== id && serviceOf(other) === request.service,
    )
    for (const other of others) {
      const operation = await journal.read(other)
      if (operation && onlyLooks(operation.request)) await wakeups.wake(other)
    }
  } catch (failure) {
    if (!(failure instanceof StoreUnavailable)) throw failure
    log.warn({ operation: id, error: failure.message }, 'who follows the service was not woken')
  }
}

/** Something happened that nobody thought of: tried again a few times, then left to a person as it stands. */
const surprised = async (workshop: Workshop, recorder: Recorder, thrown: unknown): Promise<Next> => {
  const error = thrown instanceof Error ? thrown.message : String(thrown)
  const known = recorder.find(operationSteps.unexpectedErrors)
  const count = Number(known?.outcome ?? 0) + 1
  workshop.log.error({ operation: recorder.operation.id, err: thrown, count }, 'a tick was taken by surprise')
  if (count > surprises) {
    return end(
      workshop,
      recorder,
      'needs attention',
      reason('worker_surprise', { error }),
      asItStands(recorder),
    )
  }
  const now = workshop.clock.now()
  await writeSurprises(recorder, now, count)
  return { at: now + count * 2 * second }
}

/** A tick that went well ends the row. */
const forgetSurprises = async ({ clock }: Workshop, recorder: Recorder): Promise<void> => {
  const known = recorder.find(operationSteps.unexpectedErrors)
  if (Number(known?.outcome ?? 0) > 0 && recorder.phase !== 'ended')
    await writeSurprises(recorder, clock.now(), 0)
}

const writeSurprises = async (recorder: Recorder, now: Instant, count: number): Promise<void> => {
  const known = recorder.find(operationSteps.unexpectedErrors)
  const startedAt = known?.startedAt ?? now
  const { key } = operationSteps.unexpectedErrors
  await recorder.put({ key, state: 'done', startedAt, endedAt: now, outcome: count })
}
