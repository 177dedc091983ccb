import type { WhoMay } from '../../domain/access/permissions'
import { isMachine } from '../../domain/access/person'
import type { Operation } from '../../domain/operation/operation'
import type { Message } from '../../ports/chat'
import { section } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { people } from '../operation/state'
import { title } from '../operation/title'
import { reasonRows } from '../reasons/reasons'
import { bold, italic, joined, lines, mention, nothing, say, type Phrase } from '../text/phrase'
import { honoredKo } from '../text/who'
import { overrideRowOf } from './override'

const text = bilingual({
  en: {
    held: (who: Phrase, what: Phrase) =>
      say`${who}, ${what} was not started: a window has closed while it waited. The buttons are above.`,
    overrides: (who: Phrase, what: Phrase) => say`${who}: ${what} runs although a window is closed.`,
    followUp: (who: Phrase, what: Phrase, window: string, why: Phrase) =>
      say`${who}: ${what} ran although the window ${window} was closed: ${why}. Reply here with what comes of it: the ticket, what was checked since, and whether the window is to be another one.`,
  },
  ko: {
    held: (who: Phrase, what: Phrase) =>
      say`${honoredKo(who)}, 기다리는 동안 변경 금지 기간이 시작되어 ${what} 작업을 시작하지 않았습니다. 버튼은 위 메시지에 있습니다.`,
    overrides: (who: Phrase, what: Phrase) => say`${who}: 변경 금지 기간이지만 ${what} 작업을 진행합니다.`,
    followUp: (who: Phrase, what: Phrase, window: string, why: Phrase) =>
      say`${who}: 변경 금지 기간(${window})에 예외로 ${what} 작업을 실행했습니다. 사유: ${why}. 티켓, 이후 확인한 내용, 기간을 조정할지 여부를 이 스레드에 남겨 주십시오.`,
  },
})

/** Tells who asked that it is held after all. */
export const heldMessage = (operation: Operation, locale: Locale): Message => {
  const who = mention(operation.requester.user)
  const reason = operation.ending?.reason
  const content = lines(
    text[locale.language].held(who, bold(title(operation, locale))),
    reason ? reasonRows(reason, locale) : nothing,
  )
  return message(content, [section(content)])
}

/** Tells those who answer for windows that one is overridden. */
export const overriddenMessage = (operation: Operation, mayOverride: WhoMay, locale: Locale): Message => {
  const content = lines(
    text[locale.language].overrides(people(mayOverride, locale.language), bold(title(operation, locale))),
    overrideRowOf(operation, locale),
  )
  return message(content, [section(content)])
}

/** Asks whoever overrode a window, and whoever agreed, what came of it. */
export const followUpMessage = (operation: Operation, locale: Locale): Message => {
  const { requester, signals, plan } = operation
  const agreed = signals.filter(({ kind }) => kind === 'approve').map(({ by }) => by.user)
  const behind = isMachine(requester) ? requester.caller?.behind : requester.user
  const asked = [...new Set([...(behind === undefined ? [] : [behind]), ...agreed])]
  const who = joined((asked.length > 0 ? asked : [requester.user]).map(mention), ', ')
  const { window = '', why = '' } = plan?.override ?? {}
  const content = text[locale.language].followUp(who, bold(title(operation, locale)), window, italic(why))
  return message(content, [section(content)])
}
