import { hour, type Instant } from '../time/time'
import { covers, nextOccurrence, occurrenceAt, type ChangeWindow } from './change-window'

/** A time in which a service's changes are held, by one window or by several that follow on each other. */
export interface Closure {
  /** The window that holds at its beginning. */
  readonly window: string
  readonly why?: string
  readonly from: Instant
  /** Absent where no end is in sight. */
  readonly until?: Instant
}

/** No end later than this is looked for. */
const horizon = 400 * 24 * hour

const ofService = (windows: readonly ChangeWindow[], service: string): readonly ChangeWindow[] =>
  windows.filter((window) => covers(window, service))

/** What holds a service's changes at an instant; where several windows do, the one that ends last names it. */
export const closureAt = (
  windows: readonly ChangeWindow[],
  service: string,
  at: Instant,
): Closure | undefined => {
  const own = ofService(windows, service)
  const [holding] = heldAt(own, at)
  if (!holding) return undefined
  const { window, from, why = window.why } = holding
  const end = endAfter(own, holding.until)
  return {
    window: window.name,
    ...(why !== undefined && { why }),
    from,
    ...(end !== undefined && { until: end }),
  }
}

/** The windows that hold at an instant, the one that ends last first. */
const heldAt = (windows: readonly ChangeWindow[], at: Instant) =>
  windows
    .flatMap((window) => {
      const found = occurrenceAt(window, at)
      return found ? [{ window, ...found }] : []
    })
    .toSorted((a, b) => b.until - a.until)

/** When all that follows on an end without a break is over too. */
const endAfter = (windows: readonly ChangeWindow[], first: Instant): Instant | undefined => {
  let end = first
  for (;;) {
    const next = heldAt(windows, end)[0]?.until
    if (next === undefined || next <= end) return end
    if (next - first > horizon) return undefined
    end = next
  }
}

/** The next time that a service is closed, after an instant at which it is open. */
export const nextClosure = (
  windows: readonly ChangeWindow[],
  service: string,
  after: Instant,
): Closure | undefined => {
  const starts = ofService(windows, service).flatMap((window) => nextOccurrence(window, after)?.from ?? [])
  return starts.length === 0 ? undefined : closureAt(windows, service, Math.min(...starts))
}

/** All times at which a service is closed within a span, in order. */
export const closuresIn = (
  windows: readonly ChangeWindow[],
  service: string,
  span: { readonly from: Instant; readonly until: Instant },
): readonly Closure[] => {
  const found: Closure[] = []
  let closure = closureAt(windows, service, span.from) ?? nextClosure(windows, service, span.from)
  while (closure && closure.from < span.until) {
    found.push(closure)
    if (closure.until === undefined) break
    closure = nextClosure(windows, service, closure.until)
  }
  return found
}

/** What holds a service's changes now, and what will next. */
export const closedAndNext = (
  windows: readonly ChangeWindow[],
  service: string,
  now: Instant,
): { readonly closed?: Closure; readonly closes?: Closure } => {
  const closed = closureAt(windows, service, now)
  const ends = closed ? closed.until : now
  const closes = ends === undefined ? undefined : nextClosure(windows, service, ends)
  return { ...(closed && { closed }), ...(closes && { closes }) }
}
