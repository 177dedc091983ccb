import type { Operation } from '../../domain/operation'
import type { ProcedureName } from '../../domain/request'
import type { Desk } from '../context'

/** Succeeded operations of this kind, newest first: what expected durations are measured from. */
export const pastOf = async (desk: Desk, procedure: ProcedureName): Promise<readonly Operation[]> =>
  (await desk.journal.history(desk.service.name, 50)).filter(
    (operation) => operation.request.procedure === procedure && operation.ending?.kind === 'succeeded',
  )
