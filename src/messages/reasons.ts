import type { Reason, ReasonCode } from '../domain/reasons'
import { both, type Voice } from './language'
import { blanks, type Blanks, type Said, type Sentences } from './reasons/blanks'
import { colors } from './reasons/colors'
import { events } from './reasons/events'
import { fleets } from './reasons/fleets'
import { gates } from './reasons/gates'
import { images } from './reasons/images'
import { left } from './reasons/left'
import { newest } from './reasons/newest'
import { running } from './reasons/running'
import { weights } from './reasons/weights'
import { cut } from './text/cut'
import { code, joined, lines, nothing, say, type Phrase } from './text/phrase'

/** Every code has a sentence in every language; a code without one does not compile. */
export const sentences: Sentences<ReasonCode> = {
  ...gates,
  ...images,
  ...fleets,
  ...colors,
  ...events,
  ...newest,
  ...running,
  ...weights,
  ...left,
}

const awsSays = both({ en: 'AWS says: ', ko: 'AWS 메시지: ' })
const unknown = both({
  en: (code: string) => `Something happened that this version of Rollcall has no words for: ${code}.`,
  ko: (code: string) => `이 버전의 Rollcall이 설명할 수 없는 상황입니다: ${code}.`,
})
const mostOfAws = 400

/** AWS's own words, as long as they are worth reading. */
const inAwsWords = (reason: Reason, voice: Voice): Phrase => {
  const aws = reason.facts['aws']
  return typeof aws === 'string' && aws.trim() !== ''
    ? say`${awsSays[voice.language]}${code(cut(aws.trim(), mostOfAws))}`
    : nothing
}

/** What happened and what to do, apart; a journal of a newer version may hold a code that we do not know. */
export function said(reason: Reason, voice: Voice): Said {
  if (!Object.hasOwn(sentences, reason.code)) return { what: say`${unknown[voice.language](reason.code)}` }
  const sentence: (fact: Blanks<never>) => Said = sentences[reason.code][voice.language]
  return sentence(blanks<never>(reason.facts, voice))
}

/** One line: what happened, in AWS's words too. For notes, warnings and what is left. */
export const reasonLine = (reason: Reason, voice: Voice): Phrase => {
  const { what, todo } = said(reason, voice)
  return joined([what, todo, inAwsWords(reason, voice)], ' ')
}

/** What happened, what AWS said and what to do, each on its line. For refusals and endings. */
export const reasonLines = (reason: Reason, voice: Voice): Phrase => {
  const { what, todo } = said(reason, voice)
  return lines(what, inAwsWords(reason, voice), todo)
}
