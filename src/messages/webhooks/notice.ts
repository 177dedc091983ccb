import type { Message } from '../../ports/chat'
import { context, section } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { bold, code, lines, say, words, type Phrase } from '../text/phrase'

const text = bilingual({
  en: {
    off: (webhook: Phrase) =>
      say`🔕 The webhook ${webhook} wants no more events (it answered 410): nothing is sent to it from now on.`,
    dead: (webhook: Phrase, events: number) =>
      say`⚠️ The webhook ${webhook} did not take ${events === 1 ? 'an event' : `${events} events`} in three days.`,
    answered: (status: number) => `Its last answer was ${status}.`,
    silent: (why: string) => `Its last attempt failed: ${why}.`,
    kept: (events: number) =>
      `${events === 1 ? 'The event is' : `${events} events are`} kept for seven days. When it is well again:`,
    open: 'What comes meanwhile is kept for seven days. When it is to be told again:',
  },
  ko: {
    off: (webhook: Phrase) =>
      say`🔕 웹훅 ${webhook}: 수신 측이 이벤트를 더 이상 받지 않는다고 응답(410)하여 전송을 중단했습니다.`,
    dead: (webhook: Phrase, events: number) =>
      say`⚠️ 웹훅 ${webhook}: 이벤트 ${String(events)}건을 사흘 동안 전송하지 못했습니다.`,
    answered: (status: number) => `마지막 응답: ${status}`,
    silent: (why: string) => `마지막 시도 실패: ${why}`,
    kept: (events: number) =>
      `이벤트 ${events}건을 7일 동안 보관합니다. 수신 측이 복구되면 다음을 실행하십시오.`,
    open: '그동안의 이벤트는 7일 동안 보관합니다. 다시 전송하려면 다음을 실행하십시오.',
  },
})

/** What people are told of a webhook that takes nothing any more. */
export interface WebhookNoticeFacts {
  readonly webhook: string
  readonly kind: 'off' | 'dead'
  readonly events: number
  readonly status?: number
  readonly why?: string
}

/** Tells a channel that events of a webhook wait for people, and what brings them to it. */
export const webhookNotice = (facts: WebhookNoticeFacts, { language }: Pick<Locale, 'language'>): Message => {
  const { webhook, kind, events, status, why } = facts
  const copy = text[language]
  const name = bold(words(webhook))
  const happened = kind === 'off' ? copy.off(name) : copy.dead(name, events)
  const answer =
    kind === 'off'
      ? ''
      : status === undefined
        ? why === undefined
          ? ''
          : copy.silent(why)
        : copy.answered(status)
  const next = [
    words(kind === 'off' ? copy.open : copy.kept(events)),
    code(`rollcall webhooks replay ${webhook}`),
  ]
  const content = lines(happened, ...(answer === '' ? [] : [words(answer)]))
  return message(lines(content, ...next), [section(content), context(lines(...next))])
}
