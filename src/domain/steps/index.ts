import { colorFleetSteps, keptColorSteps } from './blue-green/capacity'
import { checkedGateSteps, colorGateSteps, dueActionSteps, shareGateSteps } from './blue-green/gate'
import { copySteps, restoreScalingSteps, transferSteps } from './blue-green/scaling'
import { standbySteps, windowSteps } from './blue-green/standby'
import { trafficSteps } from './blue-green/traffic'
import { colorPromotionSteps, colorVersionSteps } from './blue-green/version'
import { alarmHoldSteps, checkSteps, shareCheckSteps, windowMonitorSteps } from './checks'
import { monitorSteps, scheduleSteps } from './events'
import { fleetSteps, healthSteps, promotionSteps, templateSteps } from './fleet'
import { imageSteps, pruneSteps } from './images'
import { operationSteps } from './operation'
import { fixSteps, provisionSteps, removalSteps, teardownSteps } from './provision'
import { scaleInHoldSteps } from './scale-ins'

/** Every step that there is, by topic. */
export const allSteps = {
  operation: operationSteps,
  image: imageSteps,
  prune: pruneSteps,
  provision: provisionSteps,
  fix: fixSteps,
  removal: removalSteps,
  teardown: teardownSteps,
  template: templateSteps,
  fleet: fleetSteps,
  health: healthSteps,
  checks: checkSteps,
  shareChecks: shareCheckSteps,
  alarmHold: alarmHoldSteps,
  scaleInHold: scaleInHoldSteps,
  promotion: promotionSteps,
  schedule: scheduleSteps,
  monitor: monitorSteps,
  colorVersion: colorVersionSteps,
  colorPromotion: colorPromotionSteps,
  copy: copySteps,
  transfer: transferSteps,
  restoreScaling: restoreScalingSteps,
  colorFleet: colorFleetSteps,
  keptColor: keptColorSteps,
  colorGate: colorGateSteps,
  shareGate: shareGateSteps,
  checkedGate: checkedGateSteps,
  dueAction: dueActionSteps,
  traffic: trafficSteps,
  standby: standbySteps,
  window: windowSteps,
  windowMonitor: windowMonitorSteps,
}
