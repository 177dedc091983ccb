import type { StepRecord } from '../../domain/operation/operation'
import { allSteps } from '../../domain/steps'
import { ownKey } from '../../domain/steps/key'
import { readRecord } from '../../domain/steps/records'
import type { Declaration } from '../../domain/steps/step'
import { isInternal } from '../../domain/steps/tasks'
import type { Bilingual, Language } from '../locale'
import { words, type Phrase } from '../text/phrase'
import {
  colorFleetSentences,
  colorPromotionSentences,
  colorVersionSentences,
  copySentences,
  keptColorSentences,
  restoreScalingSentences,
  transferSentences,
} from './blue-green-steps'
import {
  checkedGateSentences,
  colorGateSentences,
  dueActionSentences,
  shareGateSentences,
  standbySentences,
  trafficSentences,
  windowSentences,
} from './cut-over-steps'
import { alarmHoldSentences, checkSentences, scaleInHoldSentences, shareCheckSentences } from './check-steps'
import { scheduleSentences } from './event-steps'
import { fleetSentences, healthSentences, promotionSentences, templateSentences } from './fleet-steps'
import { imageSentences, pruneSentences } from './image-steps'
import { fixSentences, provisionSentences, removalSentences, teardownSentences } from './provision-steps'
import { fateOf, recorded, type Sentence, type Sentences } from './sentence'

/** What every visible step did, in a sentence: total over the declared steps. */
const sentences: { readonly [topic in keyof typeof allSteps]: Sentences<(typeof allSteps)[topic]> } = {
  operation: {},
  image: imageSentences,
  prune: pruneSentences,
  provision: provisionSentences,
  fix: fixSentences,
  removal: removalSentences,
  teardown: teardownSentences,
  template: templateSentences,
  fleet: fleetSentences,
  health: healthSentences,
  checks: checkSentences,
  shareChecks: shareCheckSentences,
  alarmHold: alarmHoldSentences,
  scaleInHold: scaleInHoldSentences,
  promotion: promotionSentences,
  schedule: scheduleSentences,
  // Monitoring has a message of its own.
  monitor: {},
  colorVersion: colorVersionSentences,
  colorPromotion: colorPromotionSentences,
  copy: copySentences,
  transfer: transferSentences,
  restoreScaling: restoreScalingSentences,
  colorFleet: colorFleetSentences,
  keptColor: keptColorSentences,
  colorGate: colorGateSentences,
  shareGate: shareGateSentences,
  checkedGate: checkedGateSentences,
  dueAction: dueActionSentences,
  traffic: trafficSentences,
  standby: standbySentences,
  window: windowSentences,
  // So has the look at customers while the old color is kept.
  windowMonitor: {},
}

const declarations: Readonly<Record<string, Readonly<Record<string, Declaration>>>> = allSteps
const tables: Readonly<Record<string, Readonly<Record<string, Bilingual<Sentence>>>>> = sentences

const sentenceOf: ReadonlyMap<Declaration | undefined, Bilingual<Sentence>> = new Map(
  Object.entries(tables).flatMap(([topic, table]) =>
    Object.entries(table).map(([name, sentence]) => [declarations[topic]?.[name], sentence]),
  ),
)

/** Whether it went its way and AWS refused what it was for. */
export const wasRefused = (step: StepRecord): boolean =>
  readRecord(step)?.declaration.effect === 'deletion' && fateOf(step) === 'failed'

/** A look that ended with something to be followed has not come to its end. */
const isHalfway = ({ outcome }: StepRecord): boolean =>
  typeof outcome === 'object' &&
  outcome !== null &&
  'follow' in outcome &&
  typeof outcome.follow === 'string' &&
  outcome.follow !== ''

/** Whether a step is not worth a line: one that failed always is, unless the operation keeps it for itself. */
export const isHidden = (step: StepRecord): boolean => {
  const declaration = readRecord(step)?.declaration
  if (declaration && (isInternal(declaration.task) || declaration.kind === 'pause')) return true
  if (step.state !== 'done') return false
  return declaration?.visible === false || step.outcome === 'interrupted' || isHalfway(step)
}

/** What a step did, in a few words; one of a journal that another version wrote is said by its own name. */
export function stepSentence(step: StepRecord, language: Language): Phrase {
  const read = readRecord(step)
  const sentence = sentenceOf.get(read?.declaration)
  if (read && sentence) return sentence[language](recorded(read))
  const key = ownKey(step.key).replace(/ \d+/g, '')
  const what = key.slice(key.indexOf('/') + 1)
  return words(`${what.charAt(0).toUpperCase()}${what.slice(1)}`)
}
