import type { Operation, Signal } from '../../domain/operation/operation'
import { isRollcall } from '../../domain/access/person'
import { bilingual, type Locale } from '../locale'
import { clock, moment } from '../text/moments'
import { subjectKo, who } from '../text/who'
import { code, italic, joined, nothing, say, type Phrase } from '../text/phrase'
import { isOfEarlierPlan } from './superseded'

const text = bilingual<
  {
    readonly [kind in Signal['kind'] | 'asked']: (who: Phrase) => Phrase
  } & {
    readonly why: (words: Phrase) => Phrase
    readonly itself: Phrase
    /** Said to a plan that has changed since. */
    readonly earlier: { readonly [kind in Signal['kind']]?: (who: Phrase) => Phrase }
  }
>({
  en: {
    asked: (who) => say`Requested by ${who}`,
    itself: say`Started by itself`,
    why: (words) => say`reason: ${words}`,
    cancel: (who) => say`■ ${who} asked to cancel`,
    approve: (who) => say`✓ ${who} approved`,
    decline: (who) => say`✕ ${who} declined`,
    confirm: (who) => say`▶ ${who} confirmed`,
    dismiss: (who) => say`✕ ${who} chose not to run it`,
    'go back': (who) => say`↩ ${who} chose to go back`,
    'go on': (who) => say`▶ ${who} chose to go on`,
    earlier: {
      approve: (who) => say`○ ${who} approved an earlier plan; that no longer counts`,
      decline: (who) => say`○ ${who} declined an earlier plan; that no longer counts`,
      confirm: (who) => say`○ ${who} confirmed an earlier plan; that no longer counts`,
    },
  },
  ko: {
    asked: (who) => say`요청자: ${who}`,
    itself: say`자동 시작`,
    why: (words) => say`사유: ${words}`,
    cancel: (who) => say`■ ${subjectKo(who)} 취소 요청`,
    approve: (who) => say`✓ ${subjectKo(who)} 승인`,
    decline: (who) => say`✕ ${subjectKo(who)} 거절`,
    confirm: (who) => say`▶ ${subjectKo(who)} 실행 확인`,
    dismiss: (who) => say`✕ ${subjectKo(who)} 실행 보류`,
    'go back': (who) => say`↩ ${subjectKo(who)} 되돌리기 선택`,
    'go on': (who) => say`▶ ${subjectKo(who)} 계속 진행 선택`,
    earlier: {
      approve: (who) => say`○ ${subjectKo(who)} 변경 전 계획을 승인(무효)`,
      decline: (who) => say`○ ${subjectKo(who)} 변경 전 계획을 거절(무효)`,
      confirm: (who) => say`○ ${subjectKo(who)} 변경 전 계획의 실행을 확인(무효)`,
    },
  },
})

/** One word of a person to an operation, in a few words. */
export const signalRow = (signal: Signal, operation: Pick<Operation, 'plan'>, locale: Locale): Phrase => {
  const copy = text[locale.language]
  const earlier = isOfEarlierPlan(operation, signal) ? copy.earlier[signal.kind] : undefined
  return (earlier ?? copy[signal.kind])(who(signal.by))
}

/** Who asked, why and when, and the operation's id. */
export const asked = (operation: Operation, locale: Locale): Phrase => {
  const copy = text[locale.language]
  return joined(
    [
      isRollcall(operation.requester) ? copy.itself : copy.asked(who(operation.requester)),
      operation.why === undefined || operation.why.trim() === ''
        ? nothing
        : copy.why(italic(operation.why.trim())),
      moment(operation.createdAt, locale),
      code(operation.id),
    ],
    ' · ',
  )
}

const mostWords = 8

/** Who said what, oldest first: stands where the settled buttons stood. */
export const requesterAndSignals = (operation: Operation, locale: Locale): readonly Phrase[] =>
  operation.signals
    .slice(-mostWords)
    .map((signal) => say`${signalRow(signal, operation, locale)} ${clock(signal.at, locale)}`)
