import type { Message } from '../../ports/chat'
import type { OperationFacts } from '../operation/facts'
import { actions, context, divider, header, section } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual } from '../locale'
import { stepRow } from '../log/log'
import { isHidden, stepSentence } from '../log/steps'
import { leftRows } from '../operation/ending'
import { asked, requesterAndSignals } from '../operation/requester-and-signals'
import { state, timeRow } from '../operation/state'
import { taskRows, tasksOf } from '../operation/tasks'
import { sign, title } from '../operation/title'
import { planRows } from '../plan/plan'
import { clock } from '../text/moments'
import { bold, joined, lines, nothing, say, words, type Phrase } from '../text/phrase'

const text = bilingual({
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
  const copy = text[facts.language]
  const steps = facts.operation.steps.toSorted((a, b) => a.order - b.order).filter((step) => !isHidden(step))
  const entries = steps.map((step) => {
    const at = clock(step.endedAt ?? step.startedAt, facts)
    const settled = step.state === 'done' || step.state === 'failed'
    return say`${at}  ${settled ? stepRow(step, facts.operation, facts) : copy.now(stepSentence(step, facts.language))}`
  })
  const hidden = entries.length - mostEntries
  return hidden > 0 ? [words(copy.earlier(hidden)), ...entries.slice(-mostEntries)] : entries
}

/** `/asg show <operation>`: one operation whole, with its plan, the times of its tasks and its journal. */
export function showMessage(facts: OperationFacts): Message {
  const { operation } = facts
  const copy = text[facts.language]
  const heading = say`${sign(operation)} ${title(operation, facts)}`
  const standing = joined([state(facts), timeRow(operation, facts)], ' ')
  const left = leftRows(operation, facts)
  const tasks = tasksOf(operation, facts)
  const timings = tasks.length > 0 ? lines(bold(copy.tasks), taskRows(tasks)) : nothing
  const plan = operation.plan ? lines(bold(copy.plan), planRows(operation.plan, facts)) : nothing
  const entries = journal(facts)
  const chunks = Array.from({ length: Math.ceil(entries.length / perSection) }, (_, index) =>
    lines(...entries.slice(index * perSection, (index + 1) * perSection)),
  )
  const people = [asked(operation, facts), ...requesterAndSignals(operation, facts)]
  const parts = [standing, left, timings, plan].filter((part) => part.length > 0)
  return message(lines(heading, ...parts, bold(copy.journal), ...entries, joined(people, '\n')), [
    header(heading),
    ...parts.map((part) => section(part, { limit: 1_800 })),
    chunks.length > 0 ? divider() : undefined,
    ...chunks.map((chunk, index) =>
      section(index === 0 ? lines(bold(copy.journal), chunk) : chunk, { limit: 1_600 }),
    ),
    context(...people),
    actions([
      { verb: 'run_command', label: copy.status, value: { line: `status ${operation.request.service}` } },
    ]),
  ])
}
