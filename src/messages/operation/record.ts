import type { Operation, Signal } from '../../domain/operation'
import { isRollcall } from '../../domain/person'
import { both, type Voice } from '../language'
import { clock, moment } from '../text/moments'
import { code, italic, joined, mention, nothing, say, type Phrase } from '../text/phrase'

const text = both<
  {
    readonly [kind in Signal['kind'] | 'asked']: (who: Phrase) => Phrase
  } & { readonly why: (words: Phrase) => Phrase; readonly itself: Phrase }
>({
  en: {
    asked: (who) => say`Requested by ${who}`,
    itself: say`Started by itself`,
    why: (words) => say`reason: ${words}`,
    cancel: (who) => say`⏹ ${who} asked to cancel`,
    approve: (who) => say`✓ ${who} approved`,
    decline: (who) => say`✕ ${who} declined`,
    confirm: (who) => say`▶ ${who} confirmed`,
    dismiss: (who) => say`✕ ${who} chose not to run it`,
    'go back': (who) => say`↩ ${who} chose to go back`,
    'go on': (who) => say`▶ ${who} chose to go on`,
  },
  ko: {
    asked: (who) => say`요청자: ${who}`,
    itself: say`자동 시작`,
    why: (words) => say`사유: ${words}`,
    cancel: (who) => say`⏹ ${who} 님이 취소 요청`,
    approve: (who) => say`✓ ${who} 님이 승인`,
    decline: (who) => say`✕ ${who} 님이 거절`,
    confirm: (who) => say`▶ ${who} 님이 실행 확인`,
    dismiss: (who) => say`✕ ${who} 님이 실행 보류`,
    'go back': (who) => say`↩ ${who} 님이 되돌리기 선택`,
    'go on': (who) => say`▶ ${who} 님이 계속 진행 선택`,
  },
})

/** One word of a person, in a few words. */
export const signalLine = (signal: Signal, voice: Voice): Phrase =>
  text[voice.language][signal.kind](mention(signal.by.user))

/** Who asked, why and when, and the operation's id. */
export const asked = (operation: Operation, voice: Voice): Phrase => {
  const speech = text[voice.language]
  return joined(
    [
      isRollcall(operation.requester) ? speech.itself : speech.asked(mention(operation.requester.user)),
      operation.why === undefined || operation.why.trim() === ''
        ? nothing
        : speech.why(italic(operation.why.trim())),
      moment(operation.createdAt, voice),
      code(operation.id),
    ],
    ' · ',
  )
}

const mostWords = 8

/** Who said what, oldest first: stands where the settled buttons stood. */
export const record = (operation: Operation, voice: Voice): readonly Phrase[] =>
  operation.signals
    .slice(-mostWords)
    .map((signal) => say`${signalLine(signal, voice)} ${clock(signal.at, voice)}`)
