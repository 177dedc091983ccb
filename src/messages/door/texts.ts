import type { ParseError } from '../../domain/interaction/command'
import type { Plan } from '../../domain/operation/plan'
import type { Reason } from '../../domain/reasons/reason'
import type { Locale } from '../locale'
import type { OperationFacts } from '../operation/facts'
import { state } from '../operation/state'
import { taskTitle, type TaskView, tasksOf } from '../operation/tasks'
import { sentence } from '../parse-error'
import { planRows } from '../plan/plan'
import { reasonRow } from '../reasons/reasons'
import { serviceRow } from '../status/rows'
import type { ServiceStatus } from '../status/status'
import type { Phrase } from '../text/phrase'
import { plain } from '../text/render'

// What messages say, as text alone: for programs that hand it on to a log.

/** One line; what stands on lines of its own in a message follows after a space. */
const line = (phrase: Phrase, locale: Locale): string =>
  plain(phrase, locale)
    .replace(/\s*\n\s*/g, ' ')
    .trim()

export const reasonText = (reason: Reason, locale: Locale): string => line(reasonRow(reason, locale), locale)

export const parseErrorText = (parseError: ParseError, locale: Locale): string =>
  line(sentence(parseError, locale.language), locale)

const taskStates = { pending: 'pending', in_progress: 'running', complete: 'done', error: 'failed' } as const

const taskText = ({ name, title, status, detail }: TaskView, locale: Locale) => {
  const said = line(detail, locale)
  return { task: name, title, state: taskStates[status], ...(said !== '' && { detail: said }) }
}

/** How an operation stands, in text. */
export const operationTexts = (facts: OperationFacts) => {
  const { ending, plan } = facts.operation
  return {
    says: line(state(facts), facts),
    left: (ending?.left ?? []).map((reason) => reasonText(reason, facts)),
    warnings: (plan?.warnings ?? []).map((reason) => reasonText(reason, facts)),
    progress:
      ending?.kind === 'refused' ? [] : tasksOf(facts.operation, facts).map((task) => taskText(task, facts)),
  }
}

/** A plan, in text. */
export const planTexts = (plan: Plan, locale: Locale) => ({
  says: plain(planRows(plan, locale), locale),
  warnings: plan.warnings.map((reason) => reasonText(reason, locale)),
  tasks: plan.tasks.map(({ name, expected }) => ({
    task: name,
    title: taskTitle(name, plan, locale),
    expectedSeconds: Math.round(expected / 1_000),
  })),
})

export const serviceText = (status: ServiceStatus, locale: Locale): string =>
  line(serviceRow(status, locale), locale)
