import type { Catalogue } from '../catalogue/catalogue'
import type { Plan } from '../operation/plan'
import type { ProcedureName, Request } from '../operation/request'
import { heldByWindows } from '../procedures'
import type { Instant, Milliseconds } from '../time/time'
import { closureAt, nextClosure, type Closure } from './closures'

type Asked = Pick<Request, 'procedure' | 'service'>

/** Whether a closed window holds a procedure; undefined where its plan decides that. */
export const isHeld = (procedure: ProcedureName, plan?: Plan): boolean | undefined => {
  const held = heldByWindows(procedure)
  if (held !== 'scale-in') return held
  return plan && scalesIn(plan)
}

/** Fewer instances, or room for fewer. */
const scalesIn = ({ group }: Plan): boolean =>
  group !== undefined &&
  (group.after.desired < group.before.desired ||
    group.after.min < group.before.min ||
    group.after.max < group.before.max)

/** The closed window that holds a request back, where one does. */
export const closureHolding = (
  catalogue: Pick<Catalogue, 'windows'>,
  { procedure, service }: Asked,
  now: Instant,
  plan?: Plan,
): Closure | undefined =>
  isHeld(procedure, plan) ? closureAt(catalogue.windows ?? [], service, now) : undefined

/** The window that would close before a plan is through: it goes on then, but whoever asks shall know. */
export const closureAhead = (
  catalogue: Pick<Catalogue, 'windows'>,
  { procedure, service }: Asked,
  plan: Plan,
  now: Instant,
): { readonly closure: Closure; readonly ends: Instant } | undefined => {
  if (!isHeld(procedure, plan)) return undefined
  const ends = now + expectedTime(plan)
  const closure = nextClosure(catalogue.windows ?? [], service, now)
  return closure && closure.from < ends ? { closure, ends } : undefined
}

const expectedTime = ({ tasks }: Plan): Milliseconds =>
  tasks.reduce((sum, { name, expected }) => sum + (name === 'return' ? 0 : expected), 0)
