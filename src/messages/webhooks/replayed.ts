import { bilingual, type Locale } from '../locale'

const text = bilingual({
  en: (webhook: string, events: number) =>
    events === 0
      ? `${webhook} has taken all that was given up. What waits is sent at once.`
      : `${events} ${events === 1 ? 'event' : 'events'} that ${webhook} had not taken: sent again.`,
  ko: (webhook: string, events: number) =>
    events === 0
      ? `${webhook}: 재전송할 이벤트가 없습니다. 대기 중인 이벤트는 바로 전송합니다.`
      : `${webhook}: 전송하지 못한 이벤트 ${events}건을 다시 전송합니다.`,
})

/** What came of sending again. */
export const webhookReplayedText = (webhook: string, events: number, { language }: Locale): string =>
  text[language](webhook, events)
