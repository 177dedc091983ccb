import type { Message } from '../ports/chat'
import type { OperationFacts } from './facts'
import { actions, context, divider, header, section } from './kit/blocks'
import { message } from './kit/message'
import { both } from './language'
import { stepLine } from './log'
import { isSilent, stepWords } from './log/steps'
import { leftLines } from './operation/ending'
import { asked, record } from './operation/record'
import { state, timeLine } from './operation/state'
import { taskLines, tasksOf } from './operation/tasks'
import { sign, title } from './operation/title'
import { planLines } from './plan'
import { clock } from './text/moments'
import { bold, joined, lines, nothing, say, words, type Phrase } from './text/phrase'

const text = both({
  en: {
    tasks: 'Steps and their times',
    journal: 'Journal',
    plan: 'Plan',
    earlier: (count: number) => `… ${count} earlier`,
    now: (what: Phrase) => say`▶ next: ${what}`,
    status: 'Status',
  },
  ko: {
    tasks: '단계별 소요 시간',
    journal: '기록',
    plan: '계획',
    earlier: (count: number) => `… 이전 ${count}건`,
    now: (what: Phrase) => say`▶ 다음: ${what}`,
    status: '상태',
  },
})

/** The newest entries are those that people come for. */
const mostEntries = 24
const perSection = 8

function journal(facts: OperationFacts): readonly Phrase[] {
  const speech = text[facts.language]
  const steps = facts.operation.steps.toSorted((a, b) => a.order - b.order).filter((step) => !isSilent(step))
  const entries = steps.map((step) => {
    const at = clock(step.endedAt ?? step.startedAt, facts)
    const settled = step.state === 'done' || step.state === 'failed'
    return say`${at}  ${settled ? stepLine(step, facts.operation, facts) : speech.now(stepWords(step, facts.language))}`
  })
  const hidden = entries.length - mostEntries
  return hidden > 0 ? [words(speech.earlier(hidden)), ...entries.slice(-mostEntries)] : entries
}

/** `/asg show <operation>`: one operation whole, with its plan, the times of its tasks and its journal. */
export function showMessage(facts: OperationFacts): Message {
  const { operation } = facts
  const speech = text[facts.language]
  const heading = say`${sign(operation)} ${title(operation, facts)}`
  const standing = joined([state(facts), timeLine(operation, facts)], ' ')
  const left = leftLines(operation, facts)
  const tasks = tasksOf(operation, facts)
  const timings = tasks.length > 0 ? lines(bold(speech.tasks), taskLines(tasks)) : nothing
  const plan = operation.plan ? lines(bold(speech.plan), planLines(operation.plan, facts)) : nothing
  const entries = journal(facts)
  const chunks = Array.from({ length: Math.ceil(entries.length / perSection) }, (_, index) =>
    lines(...entries.slice(index * perSection, (index + 1) * perSection)),
  )
  const people = [asked(operation, facts), ...record(operation, facts)]
  const parts = [standing, left, timings, plan].filter((part) => part.length > 0)
  return message(lines(heading, ...parts, bold(speech.journal), ...entries, joined(people, '\n')), [
    header(heading),
    ...parts.map((part) => section(part, { limit: 1_800 })),
    chunks.length > 0 ? divider() : undefined,
    ...chunks.map((chunk, index) =>
      section(index === 0 ? lines(bold(speech.journal), chunk) : chunk, { limit: 1_600 }),
    ),
    context(...people),
    actions([
      { verb: 'run_command', label: speech.status, value: { line: `status ${operation.request.service}` } },
    ]),
  ])
}
