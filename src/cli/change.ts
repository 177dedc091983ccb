import type { Values, Wish } from './arguments/commands'
import { parseDuration, writeDuration } from '../domain/time/duration'
import type { Asked } from './door/client'
import { isFields, textIn } from './door/json'
import { readOperation, readTokenIn, type Operation } from './door/operation'
import { waitFor } from './door/wait'
import { exitCode, exitOfEnding, type ExitCode } from './exit-code'
import { tellProblem, type Session } from './session'
import { progressOf, resultOf } from './show/operation'

const usualTimeout = '60m'
/** For how long a wish or a look is tried again while nobody answers. */
const retryFor = { change: 60_000, read: 10_000 }
const answerWithin = 30_000

/** Asks for a change, or looks at an operation; with `--wait` it stays until the end. */
export const follow = async (
  session: Session,
  wish: Extract<Wish, { kind: 'change' | 'show' }>,
  values: Values,
): Promise<ExitCode> => {
  const { surroundings, copy, printer } = session
  const timeout = parseDuration(typeof values.timeout === 'string' ? values.timeout : usualTimeout) ?? 0
  const started = surroundings.elapsed()
  const interrupts = interruptsOf(session)
  try {
    const key = typeof values['idempotency-key'] === 'string' ? values['idempotency-key'] : randomKey(session)
    const limit =
      values.wait === true
        ? Math.min(timeout, retryFor[wish.kind === 'change' ? 'change' : 'read'])
        : retryFor.change
    const asked = await askFor(session, wish, key, limit, interrupts.signal)
    if (!asked.ok) {
      if ('interrupted' in asked) {
        if (wish.kind === 'change') printer.note(copy.unsure(key))
        return exitCode.notReached
      }
      const exit = tellProblem(session, asked.problem, wish.kind === 'change' ? 'change' : 'read')
      if (wish.kind === 'change' && exit === exitCode.notReached && asked.problem.status !== 401)
        printer.note(copy.unsure(key))
      return exit
    }
    const operation = readOperation(asked.answer.body)
    if (!operation) return tellOther(session, asked.answer.body)
    printer.object(operation.whole)
    if (operation.ending !== undefined || values.wait !== true)
      return tellNow(session, wish, operation, values.wait === true)

    const readToken = readTokenIn(asked.answer.body)
    return await stay(session, {
      operation,
      tokens: [...(readToken === undefined ? [] : [readToken]), session.token],
      started,
      timeout,
      cancelOnInterrupt: values['cancel-on-interrupt'] === true,
      interrupts,
    })
  } finally {
    interrupts.stop()
  }
}

const askFor = (
  session: Session,
  wish: Extract<Wish, { kind: 'change' | 'show' }>,
  key: string,
  limit: number,
  signal: AbortSignal,
): Promise<Asked> => {
  const common = { token: session.token, retryFor: limit, answerWithin, signal, again: session.again }
  return wish.kind === 'change'
    ? session.door.ask({ ...common, method: 'POST', path: '/operations', body: wish.body, key })
    : session.door.ask({
        ...common,
        method: 'GET',
        path: `/operations/${encodeURIComponent(wish.operation)}`,
      })
}

/** What is said where nobody waits: how it ended, or that it is recorded. */
const tellNow = (session: Session, wish: Wish, operation: Operation, waits: boolean): ExitCode => {
  const { copy, printer } = session
  if (operation.ending !== undefined) {
    tellEnd(session, operation)
    // A look at an operation that failed, and a cancel that was heard at once, are no failures unless it was waited for.
    return looks(wish) && !waits ? exitCode.succeeded : exitOfEnding(operation.ending)
  }
  if (wish.kind === 'show') printer.line(progressOf(copy, operation))
  else printer.line(copy.recorded(operation.id, copy.states[operation.state] ?? operation.state))
  if (operation.url !== undefined) printer.line(copy.followed(operation.url))
  return exitCode.succeeded
}

const looks = (wish: Wish): boolean =>
  wish.kind === 'show' || (wish.kind === 'change' && wish.body.action === 'cancel')

/** How it ended, and what is left of it. */
const tellEnd = ({ copy, printer }: Session, operation: Operation): void => {
  printer.line(resultOf(copy, operation))
  for (const one of operation.left) printer.line(copy.left(one))
}

/** An answer without an operation: a plan of a dry run, a lock. It is what the door says. */
const tellOther = ({ copy, printer }: Session, body: unknown): ExitCode => {
  printer.object(body)
  printer.line((isFields(body) ? textIn(body, 'says') : undefined) ?? copy.done)
  return exitCode.succeeded
}

interface Stay {
  readonly operation: Operation
  readonly tokens: readonly string[]
  readonly started: number
  readonly timeout: number
  readonly cancelOnInterrupt: boolean
  readonly interrupts: Interrupts
}

const stay = async (session: Session, stay: Stay): Promise<ExitCode> => {
  const { surroundings, copy, printer, door } = session
  const { operation: from, interrupts, started, timeout } = stay
  const warned = new Set<string>()
  const warnOf = ({ warnings }: Operation): void => {
    for (const one of warnings.filter((warning) => !warned.has(warning))) {
      warned.add(one)
      printer.line(copy.warning(one))
    }
  }
  const seen = (operation: Operation): void => {
    printer.object(operation.whole)
    warnOf(operation)
    if (operation.ending === undefined)
      printer.progress(progressOf(copy, operation), clockOf(surroundings.elapsed() - started))
  }
  printer.progress(progressOf(copy, from), clockOf(surroundings.elapsed() - started))
  if (from.url !== undefined) printer.line(copy.followed(from.url))
  warnOf(from)
  const common = {
    door,
    elapsed: surroundings.elapsed,
    sleep: surroundings.sleep,
    until: started + timeout,
    tokens: stay.tokens,
    again: session.again,
    seen,
  }
  let waited = await waitFor({ ...common, from, signal: interrupts.signal })
  if (waited.kind === 'interrupted' && stay.cancelOnInterrupt) {
    await cancel(session, waited.operation)
    waited = await waitFor({ ...common, from: waited.operation, signal: interrupts.next() })
  }
  const { operation } = waited
  switch (waited.kind) {
    case 'ended':
      tellEnd(session, operation)
      return exitOfEnding(operation.ending ?? '')
    case 'still going':
      printer.note(copy.stillGoing(operation.id, writeDuration(timeout)))
      return exitCode.stillGoing
    case 'interrupted':
      printer.note(copy.leftRunning(operation.id))
      return exitCode.stillGoing
    case 'lost': {
      tellProblem(session, waited.problem, 'read')
      printer.note(copy.lost(operation.id))
      return exitCode.notReached
    }
  }
}

/** Asks the operation to stop. It is heard at the next safe point. */
const cancel = async (session: Session, { id }: Operation): Promise<void> => {
  const { copy, printer, surroundings } = session
  const asked = await session.door.ask({
    method: 'POST',
    path: '/operations',
    body: { action: 'cancel', operation: id },
    token: (await surroundings.anotherToken?.()) ?? session.token,
    key: `cancel-${id}-${randomKey(session)}`,
    retryFor: retryFor.read,
    answerWithin,
    signal: new AbortController().signal,
    again: session.again,
  })
  if (asked.ok) printer.note(copy.cancelling(id))
  else if ('problem' in asked) printer.note(copy.cancelFailed(id, asked.problem.detail))
}

interface Interrupts {
  /** Aborted by the first interrupt. */
  readonly signal: AbortSignal
  /** Aborted by the next one. */
  next(): AbortSignal
  stop(): void
}

const interruptsOf = ({ surroundings }: Session): Interrupts => {
  let controller = new AbortController()
  const { signal } = controller
  const stop = surroundings.onInterrupt(() => controller.abort())
  return {
    signal,
    stop,
    next() {
      controller = new AbortController()
      return controller.signal
    },
  }
}

const randomKey = ({ surroundings }: Session): string =>
  Buffer.from(surroundings.randomBytes(16)).toString('base64url')

/** `0:42`, `12:03`, `1:02:03`. */
const clockOf = (milliseconds: number): string => {
  const seconds = Math.floor(milliseconds / 1000)
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
