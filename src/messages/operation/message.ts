import type { KnownBlock } from '@slack/types'
import { comparedBy } from '../../domain/analysis/comparison'
import type { Operation } from '../../domain/operation/operation'
import type { PlannedProvision, ResourceKind } from '../../domain/provision/planned'
import type { Message } from '../../ports/chat'
import { driftMessage } from '../events/drift'
import { comparisonBlocks } from '../analysis/picture'
import { windowMessage } from '../analysis/window'
import type { OperationFacts } from './facts'
import { fleetCaption, fleetRows, type VersionNames } from '../fleet/fleet'
import { monitorMessage } from '../events/monitor/message'
import { actions, context, header, section } from '../kit/blocks'
import { message } from '../kit/message'
import type { Locale } from '../locale'
import { leftRows } from './ending'
import { operationButtons } from './buttons'
import { asked, requesterAndSignals } from './requester-and-signals'
import { state, timeRow } from './state'
import { unansweredRow } from './unanswered'
import { planBlock, tasksOf, taskRows, taskSection } from './tasks'
import { sign, title } from './title'
import { planBlocks, planRows, warningRows } from '../plan/plan'
import { reasonRow } from '../reasons/reasons'
import { overrideRowOf } from '../windows/override'
import { cut } from '../text/cut'
import { code, joined, lines, nothing, say, type Phrase } from '../text/phrase'

const mostNotes = 3
/** Characters that one part may take, so that all together stay below what Slack takes in one message. */
const available = { state: 2_000, left: 2_000, fleet: 1_800, notes: 900, asked: 700 }

const shorter = (operation: Operation): Operation =>
  operation.why === undefined ? operation : { ...operation, why: cut(operation.why, 300) }

const resourceMade = ({ resources }: PlannedProvision, made: ResourceKind): boolean =>
  resources.some(({ kind, state }) => kind === made && state === 'make')

/** What people call the template's versions, as far as the plan tells. */
function versionNames(facts: OperationFacts): VersionNames {
  const { plan } = facts.operation
  const target = plan?.template?.target
  const number = target?.how === 'existing' ? target.number : facts.targetVersion
  return new Map([
    ...(plan?.template && plan.before !== undefined ? [[plan.template.current, plan.before] as const] : []),
    ...(plan && number !== undefined ? [[number, plan.version] as const] : []),
    // The template that a build makes begins with its first version.
    ...(plan?.provision && resourceMade(plan.provision, 'template') && plan.version !== ''
      ? [[1, plan.version] as const]
      : []),
  ])
}

/** What the versions are called that customers meet. */
const versionsOf = ({ plan }: Operation) => ({ before: plan?.before, version: plan?.version ?? '' })

const notes = (operation: Operation, locale: Locale): Phrase =>
  operation.ending
    ? []
    : lines(...operation.notes.slice(-mostNotes).map((note) => say`⚠️ ${reasonRow(note, locale)}`))

/** Whether people look at the plan to decide, and not yet at its progress. */
const awaitsDecision = ({ phase, ending }: Operation): boolean =>
  !ending && (phase === 'confirming' || phase === 'approving')

const showsPlanTo = (operation: Operation): boolean =>
  operation.plan !== undefined && awaitsDecision(operation)

/**
 * THE message of an operation: what it is, how it stands, its tasks, its fleet, its people, and the buttons that
 * make sense now. Pure: the same facts give the same message.
 */
export function operationMessage(facts: OperationFacts): Message {
  const { procedure } = facts.operation.request
  if (procedure === 'monitor-event') return monitorMessage(facts)
  if (procedure === 'detect-drift') return driftMessage(facts)
  if (procedure === 'monitor-window') return windowMessage(facts)
  const operation = shorter(facts.operation)
  const { plan, fleet } = operation
  const heading = say`${sign(operation)} ${title(operation, facts)}`
  const standing = joined([state(facts), timeRow(operation, facts)], ' ')
  const overridden = showsPlanTo(operation) ? nothing : overrideRowOf(operation, facts)
  const silent = unansweredRow(operation, facts)
  const left = leftRows(operation, facts)
  const noted = notes(operation, facts)
  const showsPlan = showsPlanTo(operation) ? plan : undefined
  const refused = operation.ending?.kind === 'refused'
  const tasks = showsPlan || refused ? [] : tasksOf(operation, facts)
  const rows = fleet && !refused ? fleetRows(fleet, versionNames(facts), facts) : undefined
  const buttons = operationButtons(facts)
  const part = (phrase: Phrase, limit: number): KnownBlock | undefined =>
    phrase.length > 0 ? section(phrase, { limit }) : undefined

  return message(
    lines(
      // Its own id comes first: in the text an operation is recognised by it.
      say`${heading} (${code(operation.id)})`,
      overridden,
      standing,
      silent,
      left,
      noted,
      ...(showsPlan ? [planRows(showsPlan, facts), warningRows(showsPlan, facts)] : [taskRows(tasks)]),
      rows,
      asked(operation, facts),
      ...requesterAndSignals(operation, facts),
    ),
    [
      header(heading),
      part(overridden, available.asked),
      part(standing, available.state),
      part(silent, available.notes),
      part(left, available.left),
      part(noted, available.notes),
      ...(showsPlan ? planBlocks(showsPlan, facts) : []),
      tasks.length === 0
        ? undefined
        : facts.tasks === 'sections'
          ? taskSection(tasks)
          : planBlock(tasks, facts),
      ...(showsPlan || refused ? [] : comparisonBlocks(comparedBy(operation), versionsOf(operation), facts)),
      rows && part(rows, available.fleet),
      rows && fleet ? context(fleetCaption(fleet, facts)) : undefined,
      buttons.length > 0 ? actions(buttons, `operation:${operation.id}`) : undefined,
      context(asked(operation, facts), ...requesterAndSignals(operation, facts)),
    ],
  )
}
