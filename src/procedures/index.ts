import type { Service } from '../domain/catalogue/catalogue'
import type { Strategy } from '../domain/catalogue/strategy'
import type { Plan } from '../domain/operation/plan'
import type { ProcedureName, Request } from '../domain/operation/request'
import { detectDrift } from './events/detect-drift'
import { bake } from './images/bake'
import type { Runbook } from './context'
import { deploy } from './fleet/deploy'
import { deployByWeights, deployColors } from './blue-green/deploy'
import { finish } from './blue-green/finish'
import { monitorWindow } from './blue-green/monitor-window'
import { monitorEvent } from './events/monitor-event'
import { prune } from './images/prune'
import { updateImage } from './images/update-image'
import { reschedule } from './events/reschedule'
import { roll } from './fleet/roll'
import { provision } from './provision/provision'
import { rollback } from './fleet/rollback'
import { rollbackByWeights, rollbackColors } from './blue-green/rollback'
import { scale } from './fleet/scale'
import { schedule } from './events/schedule'
import { teardown } from './provision/teardown'
import { swap, swapByWeights } from './blue-green/swap'
import { unschedule } from './events/unschedule'

type ByStrategy<Asked extends Request> = Readonly<Record<Strategy, Runbook<Asked>>>

type Runbooks = {
  readonly [Name in ProcedureName]:
    | Runbook<Extract<Request, { procedure: Name }>>
    | ByStrategy<Extract<Request, { procedure: Name }>>
}

const oneGroup = <Any extends Runbook<never>>(runbook: Any) => ({
  refresh: runbook,
  replace: runbook,
  surge: runbook,
})

/** Every procedure, by name; by strategy too where that makes it another one. */
const runbooks: Runbooks = {
  deploy: { ...oneGroup(deploy), 'blue-green': deployColors, canary: deployByWeights },
  bake,
  roll,
  rollback: { ...oneGroup(rollback), 'blue-green': rollbackColors, canary: rollbackByWeights },
  'update-image': updateImage,
  prune,
  provision,
  teardown,
  swap: { ...oneGroup(swap), 'blue-green': swap, canary: swapByWeights },
  finish,
  scale,
  schedule,
  reschedule,
  unschedule,
  'monitor-event': monitorEvent,
  'detect-drift': detectDrift,
  'monitor-window': monitorWindow,
}

/**
 * The runbook that plans and carries out a request. Once there is a plan, its strategy counts: a catalogue that is
 * changed meanwhile changes nothing for what runs. Before, what is asked for, or else the service's own.
 */
export const runbookFor = (request: Request, service: Service, plan?: Plan): Runbook => {
  const found: Runbook | ByStrategy<Request> = runbooks[request.procedure]
  if ('run' in found) return found
  const asked = 'strategy' in request ? request.strategy : undefined
  return found[plan?.strategy ?? asked ?? service.strategy]
}
