import type { Instant } from '../../domain/time/time'
import type { Message } from '../../ports/chat'
import { section } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { moment } from '../text/moments'
import { code, say, type Phrase } from '../text/phrase'

const text = bilingual({
  en: {
    kept: (service: Phrase, until: Phrase) =>
      say`👌 ${service}: the warm way back stays open until ${until}.`,
  },
  ko: {
    kept: (service: Phrase, until: Phrase) => say`👌 ${service}: ${until}까지 바로 되돌릴 수 있습니다.`,
  },
})

/** Answers who kept a window open longer, to them alone; the swap's own message tells everybody. */
export function windowExtendedMessage(
  facts: Locale & { readonly service: string; readonly until: Instant },
): Message {
  const content = text[facts.language].kept(code(facts.service), moment(facts.until, facts))
  return message(content, [section(content)])
}
