import type { Message } from '../ports/chat'
import type { OperationFacts } from './facts'
import { actions, context, header, section, type Press } from './kit/blocks'
import { message } from './kit/message'
import { both } from './language'
import { title } from './operation/title'
import { reasonLines } from './reasons'
import { moment } from './text/moments'
import { code, joined, lines, say, words } from './text/phrase'

const text = both({
  en: {
    right: 'All stand as they were made.',
    mend: (event: string) => `Put ${event} right`,
    events: 'All events',
  },
  ko: {
    right: '모두 등록된 그대로입니다.',
    mend: (event: string) => `${event} 복구`,
    events: '전체 일정',
  },
})

const mostTold = 5

/** What somebody did to the scheduled actions of events to come, with a button to put each right. */
export function auditMessage(facts: OperationFacts): Message {
  const speech = text[facts.language]
  const { operation } = facts
  const found = operation.plan?.warnings ?? []
  const heading = say`${found.length > 0 ? '⚠️' : '✅'} ${title(operation, facts)}`
  const told = found.slice(0, mostTold).map((reason) => reasonLines(reason, facts))
  const presses = found.slice(0, mostTold).flatMap(({ facts: { event } }): readonly Press[] => {
    if (typeof event !== 'string') return []
    const line = `reschedule ${event}`
    return [{ verb: 'run_command', key: line, label: speech.mend(event), value: { line } }]
  })
  const events = { line: `schedules ${operation.request.service}` }
  const body = told.length > 0 ? lines(...told) : words(speech.right)
  const about = joined([moment(operation.createdAt, facts), code(operation.id)], ' · ')
  return message(lines(say`${heading} (${code(operation.id)})`, body, about), [
    header(heading),
    section(body),
    actions([...presses, { verb: 'run_command', key: 'events', label: speech.events, value: events }]),
    context(about),
  ])
}
