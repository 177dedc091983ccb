import type { ProcedureName, Request, RequestOf } from '../../domain/operation/request'
import { bake } from './bake'
import { deploy } from './deploy'
import { detectDrift } from './detect-drift'
import { finish } from './finish'
import { monitorEvent } from './monitor-event'
import { monitorWindow } from './monitor-window'
import { provision } from './provision'
import { prune } from './prune'
import { reschedule } from './reschedule'
import { roll } from './roll'
import { rollback } from './rollback'
import { scale } from './scale'
import { schedule } from './schedule'
import { swap } from './swap'
import { teardown } from './teardown'
import { unschedule } from './unschedule'
import { updateImage } from './update-image'
import type { ProcedureView } from './view'

type Views = { readonly [Name in ProcedureName]: ProcedureView<RequestOf<Name>> }

/** How people see every procedure, by name. */
const views: Views = {
  deploy,
  bake,
  roll,
  rollback,
  'update-image': updateImage,
  prune,
  provision,
  teardown,
  swap,
  finish,
  scale,
  schedule,
  reschedule,
  unschedule,
  'monitor-event': monitorEvent,
  'detect-drift': detectDrift,
  'monitor-window': monitorWindow,
}

export const viewOf = ({ procedure }: Request): ProcedureView => views[procedure]

/** A request as the line of chat that asks for it, with its reason. */
export const requestCommandText = (request: Request, why = ''): string =>
  viewOf(request).commandText(request, why)
