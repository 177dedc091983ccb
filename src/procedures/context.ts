import type { Service } from '../domain/catalogue/catalogue'
import { ownTag } from '../domain/images/own'
import type { Operation } from '../domain/operation/operation'
import type { Planned } from '../domain/operation/planning'
import type { Plan } from '../domain/operation/plan'
import type { Request } from '../domain/operation/request'
import type { Procedure } from '../durable/run'
import type { PlanContext } from '../facts/plan-context'
import type { Account } from '../ports/account'
import type { Timers } from '../ports/timers'
import type { Calendar } from '../ports/calendar'
import type { Clock } from '../ports/clock'
import type { Journal } from '../ports/journal'
import type { Locks } from '../ports/locks'

/** What a runbook works with besides its run. */
export interface Context {
  readonly operation: Pick<Operation, 'id' | 'request' | 'requester' | 'why'>
  readonly service: Service
  readonly plan: Plan
  readonly account: Account
  /** The catalogue's other accounts in the same region: they may launch the same images. */
  readonly elsewhere: readonly Account[]
  readonly journal: Pick<Journal, 'history' | 'readableHistory' | 'read' | 'unfinished' | 'queue'>
  readonly locks: Locks
  readonly timers: Timers
  readonly calendar: Calendar
  readonly clock: Clock
}

/** A procedure: how it is planned, and how it is carried out. */
export interface Runbook<Asked extends Request = Request> {
  plan(request: Asked, context: PlanContext): Promise<Planned>
  readonly run: Procedure<Context>
}

/** The tags of everything that an operation makes. */
export const ownTags = (context: Context): Record<string, string> => ({
  [ownTag.operation]: context.operation.id,
  [ownTag.service]: context.service.name,
  [ownTag.version]: context.plan.version,
})

/** The plan's part that a fleet procedure cannot do without; its absence is a mistake of ours. */
export const planned = <Part>(part: Part | undefined, what: string): Part => {
  if (part === undefined) throw new Error(`the plan has no ${what}`)
  return part
}
