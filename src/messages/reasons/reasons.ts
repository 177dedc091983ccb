import type { Reason } from '../../domain/reasons/reason'
import { bilingual, type Locale } from '../locale'
import { placeholders, type Placeholders, type ReasonText, type Sentences } from './placeholders'
import { blueGreen } from './blue-green'
import { events } from './events'
import { fleets } from './fleet'
import { gates } from './gates'
import { images } from './images'
import { residual } from './residual'
import { newestImage } from './newest-image'
import { provisioning } from './provision'
import { running } from './running'
import { unanswered } from './unanswered'
import { canary } from './canary'
import { checks } from './checks'
import { cut } from '../text/cut'
import { code, joined, lines, nothing, say, type Phrase } from '../text/phrase'

export const sentences: Sentences = {
  ...gates,
  ...images,
  ...fleets,
  ...blueGreen,
  ...events,
  ...newestImage,
  ...provisioning,
  ...running,
  ...unanswered,
  ...canary,
  ...checks,
  ...residual,
}

const awsSays = bilingual({ en: 'AWS says: ', ko: 'AWS 메시지: ' })
const unknown = bilingual({
  en: (code: string) => `Something happened that this version of Rollcall has no words for: ${code}.`,
  ko: (code: string) => `이 버전의 Rollcall이 설명할 수 없는 상황입니다: ${code}.`,
})
const mostOfAws = 400

/** AWS's own words, as long as they are worth reading. */
const inAwsWords = (reason: Reason, locale: Locale): Phrase => {
  const aws = reason.facts['aws']
  return typeof aws === 'string' && aws.trim() !== ''
    ? say`${awsSays[locale.language]}${code(cut(aws.trim(), mostOfAws))}`
    : nothing
}

/** What happened and what to do, apart; a journal of a newer version may hold a code that we do not know. */
export function sentencesOf(reason: Reason, locale: Locale): ReasonText {
  if (!Object.hasOwn(sentences, reason.code)) return { what: say`${unknown[locale.language](reason.code)}` }
  const sentence: (fact: Placeholders<never>) => ReasonText = sentences[reason.code][locale.language]
  return sentence(placeholders<never>(reason.facts, locale))
}

/** One line: what happened, in AWS's words too. For notes, warnings and what is left. */
export const reasonRow = (reason: Reason, locale: Locale): Phrase => {
  const { what, todo } = sentencesOf(reason, locale)
  return joined([what, todo, inAwsWords(reason, locale)], ' ')
}

/** What happened, what AWS said and what to do, each on its line. For refusals and endings. */
export const reasonRows = (reason: Reason, locale: Locale): Phrase => {
  const { what, todo } = sentencesOf(reason, locale)
  return lines(what, inAwsWords(reason, locale), todo)
}
