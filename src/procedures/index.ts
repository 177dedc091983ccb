import type { ProcedureName, Request } from '../domain/request'
import { audit } from './audit'
import { bake } from './bake'
import type { Runbook } from './context'
import { deploy } from './deploy'
import { finish } from './finish'
import { follow } from './follow'
import { prune } from './prune'
import { refresh } from './refresh'
import { reschedule } from './reschedule'
import { roll } from './roll'
import { rollback } from './rollback'
import { scale } from './scale'
import { schedule } from './schedule'
import { swap } from './swap'
import { unschedule } from './unschedule'

type Runbooks = { readonly [Name in ProcedureName]: Runbook<Extract<Request, { procedure: Name }>> }

/** Every procedure, by name. */
const runbooks: Runbooks = {
  deploy,
  bake,
  roll,
  rollback,
  refresh,
  prune,
  swap,
  finish,
  scale,
  schedule,
  reschedule,
  unschedule,
  follow,
  audit,
}

/** The runbook that carries a request out. */
export const runbookFor = (request: Request): Runbook => runbooks[request.procedure]
