import type { ProcedureName } from '../../../src/domain/operation/request'
import type { Scenario } from '../scenario'
import { blueGreenScenarios, swapScenarios } from './blue-green'
import { canaryScenarios } from './canary'
import { eventScenarios } from './events'
import { deployScenarios, fleetScenarios, shapeScenarios } from './fleet'
import { imageScenarios } from './images'
import { provisionScenarios, teardownScenarios } from './provision'
import { scaleInScenarios } from './scale-ins'

/** Every scenario of the crash suite, by the test file that runs it: no file takes much longer than the others. */
export const scenarios = {
  'blue-green': blueGreenScenarios,
  canary: canaryScenarios,
  deploy: deployScenarios,
  events: eventScenarios,
  fleet: fleetScenarios,
  images: imageScenarios,
  provision: provisionScenarios,
  'scale-ins': scaleInScenarios,
  shapes: shapeScenarios,
  swap: swapScenarios,
  teardown: teardownScenarios,
} as const satisfies Readonly<Record<string, readonly Scenario[]>>

/** Every procedure, whether it changes anything or only watches. One that is forgotten here does not compile. */
const procedures: Readonly<Record<ProcedureName, true>> = {
  deploy: true,
  bake: true,
  roll: true,
  rollback: true,
  'update-image': true,
  prune: true,
  provision: true,
  teardown: true,
  swap: true,
  finish: true,
  scale: true,
  schedule: true,
  reschedule: true,
  unschedule: true,
  'monitor-event': true,
  'detect-drift': true,
  'monitor-window': true,
}

/** The procedures that have no scenario: there must not be any. */
export const proceduresWithoutScenario = (): readonly string[] => {
  const covered = new Set<string>(
    Object.values(scenarios)
      .flat()
      .map(({ operation }) => operation.request.procedure),
  )
  return Object.keys(procedures).filter((name) => !covered.has(name))
}
