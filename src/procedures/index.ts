import type { ProcedureName, Request } from '../domain/operation/request'
import { detectDrift } from './events/detect-drift'
import { bake } from './images/bake'
import type { Runbook } from './context'
import { deploy } from './fleet/deploy'
import { finish } from './blue-green/finish'
import { monitorEvent } from './events/monitor-event'
import { prune } from './images/prune'
import { updateImage } from './images/update-image'
import { reschedule } from './events/reschedule'
import { roll } from './fleet/roll'
import { rollback } from './fleet/rollback'
import { scale } from './fleet/scale'
import { schedule } from './events/schedule'
import { swap } from './blue-green/swap'
import { unschedule } from './events/unschedule'

type Runbooks = { readonly [Name in ProcedureName]: Runbook<Extract<Request, { procedure: Name }>> }

/** Every procedure, by name. */
const runbooks: Runbooks = {
  deploy,
  bake,
  roll,
  rollback,
  'update-image': updateImage,
  prune,
  swap,
  finish,
  scale,
  schedule,
  reschedule,
  unschedule,
  'monitor-event': monitorEvent,
  'detect-drift': detectDrift,
}

/** The runbook that carries a request out. */
export const runbookFor = (request: Request): Runbook => runbooks[request.procedure]
