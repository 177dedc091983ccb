import type { Message } from '../../ports/chat'
import type { OperationFacts } from '../operation/facts'
import { actions, context, header, section, type ButtonSpec } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual } from '../locale'
import { title } from '../operation/title'
import { reasonRows } from '../reasons/reasons'
import { moment } from '../text/moments'
import { code, joined, lines, nothing, say, words } from '../text/phrase'

const text = bilingual({
  en: {
    right: 'All stand as they were made.',
    fix: (event: string) => `Put ${event} right`,
    events: 'All events',
    status: 'Status',
    images: 'Images',
    nothing: 'Nothing of it is there any more.',
    more: (count: number) => `and ${count} more`,
  },
  ko: {
    right: '모두 등록된 그대로입니다.',
    fix: (event: string) => `${event} 복구`,
    events: '전체 일정',
    status: '상태',
    images: '이미지',
    nothing: '남아 있는 항목이 없습니다.',
    more: (count: number) => `외 ${count}건`,
  },
})

const maxReasons = 5

/** What somebody did to the scheduled actions of events to come, with a button to put each right; or what was lost. */
export function driftMessage(facts: OperationFacts): Message {
  const { request } = facts.operation
  return request.procedure === 'detect-drift' && request.about === 'lost'
    ? lostMessage(facts)
    : changedMessage(facts)
}

/** What operations left that the store knows nothing of, with the ways to look at it. */
function lostMessage(facts: OperationFacts): Message {
  const copy = text[facts.language]
  const { operation } = facts
  const { service } = operation.request
  const found = operation.plan?.warnings ?? []
  const heading = say`${found.length > 0 ? '⚠️' : '✅'} ${title(operation, facts)}`
  const content = found.slice(0, maxReasons).map((reason) => reasonRows(reason, facts))
  const rest = found.length - content.length
  const more = rest > 0 ? words(copy.more(rest)) : nothing
  const body = content.length > 0 ? lines(...content) : words(copy.nothing)
  const about = joined([moment(operation.createdAt, facts), code(operation.id)], ' · ')
  const looks = (['status', 'images'] as const).map(
    (verb): ButtonSpec => ({
      verb: 'run_command',
      key: verb,
      label: copy[verb],
      value: { line: `${verb} ${service}` },
    }),
  )
  return message(lines(say`${heading} (${code(operation.id)})`, body, more, about), [
    header(heading),
    section(body),
    actions(looks),
    context(more, about),
  ])
}

function changedMessage(facts: OperationFacts): Message {
  const copy = text[facts.language]
  const { operation } = facts
  const found = operation.plan?.warnings ?? []
  const heading = say`${found.length > 0 ? '⚠️' : '✅'} ${title(operation, facts)}`
  const content = found.slice(0, maxReasons).map((reason) => reasonRows(reason, facts))
  const buttons = found.slice(0, maxReasons).flatMap(({ facts: { event } }): readonly ButtonSpec[] => {
    if (typeof event !== 'string') return []
    const commandText = `reschedule ${event}`
    return [{ verb: 'run_command', key: commandText, label: copy.fix(event), value: { line: commandText } }]
  })
  const events = { line: `schedules ${operation.request.service}` }
  const body = content.length > 0 ? lines(...content) : words(copy.right)
  const about = joined([moment(operation.createdAt, facts), code(operation.id)], ' · ')
  return message(lines(say`${heading} (${code(operation.id)})`, body, about), [
    header(heading),
    section(body),
    actions([...buttons, { verb: 'run_command', key: 'events', label: copy.events, value: events }]),
    context(about),
  ])
}
