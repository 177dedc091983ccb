import type { Operation } from '../../domain/operation/operation'
import type { Message } from '../../ports/chat'
import { actions, button, context, header, section } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { sentencesOf } from '../reasons/reasons'
import { operationSummary } from '../operation/summary'
import { italic, lines, nothing, say, words } from '../text/phrase'

export interface HistoryFacts extends Locale {
  /** The service it was asked for; all of them when absent. */
  readonly service?: string
  /** Newest first. */
  readonly operations: readonly Operation[]
}

const text = bilingual({
  en: {
    title: (service: string) => `History of ${service}`,
    all: 'History of all services',
    none: 'Nothing has finished yet.',
    details: 'Details',
    why: (why: string) => say`reason: ${italic(why)}`,
    shown: (count: number) => `The last ${count}, newest first.`,
    deploy: 'Deploy…',
  },
  ko: {
    title: (service: string) => `${service} 이력`,
    all: '전체 서비스 이력',
    none: '아직 끝난 작업이 없습니다.',
    details: '자세히',
    why: (why: string) => say`사유: ${italic(why)}`,
    shown: (count: number) => `최근 ${count}건, 최신순`,
    deploy: '배포…',
  },
})

/** More would not fit into a message that is read on a phone. */
const mostShown = 15

/** What ended lately, a line or two each: what, who, when, how, and why where it did not succeed. */
export function historyMessage(facts: HistoryFacts): Message {
  const copy = text[facts.language]
  const shown = facts.operations.slice(0, mostShown)
  const title = words(facts.service === undefined ? copy.all : copy.title(facts.service))
  const content = shown.map((operation) => {
    const reason = operation.ending?.reason
    const why = operation.why?.trim()
    return lines(
      operationSummary(operation, facts),
      why ? copy.why(why) : nothing,
      reason ? sentencesOf(reason, facts).what : nothing,
    )
  })
  if (shown.length === 0) {
    return message(lines(title, words(copy.none)), [
      header(title),
      section(words(copy.none)),
      actions([
        {
          verb: 'open_form',
          label: copy.deploy,
          value: { form: 'deploy', ...(facts.service !== undefined && { service: facts.service }) },
        },
      ]),
    ])
  }
  return message(lines(title, ...content), [
    header(title),
    ...shown.map((operation, index) =>
      section(content[index] ?? nothing, {
        limit: 550,
        accessory: button({ verb: 'show', label: copy.details, value: { operation: operation.id } }),
      }),
    ),
    context(words(copy.shown(shown.length))),
  ])
}
