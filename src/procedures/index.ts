import type { ProcedureName, Request } from '../domain/request'
import { bake } from './bake'
import type { Runbook } from './context'
import { deploy } from './deploy'
import { finish } from './finish'
import { prune } from './prune'
import { refresh } from './refresh'
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
  unschedule,
}

/** The runbook that carries a request out. */
export const runbookFor = (request: Request): Runbook => runbooks[request.procedure]
