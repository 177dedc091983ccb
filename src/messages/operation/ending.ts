import { checkedBy } from '../../domain/analysis/checked'
import type { Ending, Operation } from '../../domain/operation/operation'
import type { OperationFacts } from './facts'
import { windowRows } from '../blue-green/plan'
import { figuresRow } from '../analysis/figures'
import { bilingual, type Locale } from '../locale'
import { isMachine, isRollcall } from '../../domain/access/person'
import { pruneResults } from '../../domain/images/pruned'
import { prunedRows } from '../images/prune'
import { viewOf } from '../procedures'
import { moment } from '../text/moments'
import { reasonRow, reasonRows } from '../reasons/reasons'
import { about, duration } from '../text/numbers'
import { bold, code, lines, mention, nothing, say, words, type Phrase } from '../text/phrase'
import { subjectKo } from '../text/who'

const text = bilingual({
  en: {
    rolledBack: (who: Phrase, service: Phrase, before: Phrase) =>
      say`${who}${bold('It failed, and the fleet was put back.')} ${service} is as it was before${before.length > 0 ? say`, on ${before}` : nothing}, and verified healthy.`,
    failedClean: (who: Phrase) => say`${who}${bold('It failed.')} The fleet was not changed.`,
    attention: (who: Phrase) =>
      say`${who}${bold('This needs a person now.')} It failed, and not everything could be put back.`,
    refused: (who: Phrase) => say`${who}${bold('It was not started.')}`,
    to: (who: Phrase) => say`${who} `,
    again: (at: Phrase) => say`It is tried again ${at}; until then the way back stays warm.`,
    finishing: (by: Phrase, operation: Phrase) => say`${by} asked to finish this: ${operation}.`,
    finishes: (operation: Phrase) => say`The window is over; it is being finished: ${operation}.`,
    cancelled: bold('Cancelled.'),
    cancelledClean: ' The fleet is as it was before.',
    took: (span: string, expected: string) =>
      `Took ${span}${expected === '' ? '' : ` (expected ${expected})`}.`,
    left: 'Left as it is',
    frozen: (service: Phrase) => say`New deploys of ${service} wait until someone allows them.`,
    undone: (by: Phrase, operation: Phrase) => say`${by} asked to roll this back: ${operation}.`,
  },
  ko: {
    rolledBack: (who: Phrase, service: Phrase, before: Phrase) =>
      say`${who}${bold('작업이 실패하여 이전 상태로 되돌렸습니다.')} ${service}: ${before.length > 0 ? say`${before} 버전의 ` : nothing}정상 상태를 확인했습니다.`,
    failedClean: (who: Phrase) =>
      say`${who}${bold('작업이 실패했습니다.')} 인스턴스와 그룹은 변경되지 않았습니다.`,
    attention: (who: Phrase) =>
      say`${who}${bold('지금 직접 조치가 필요합니다.')} 작업이 실패했고, 일부는 되돌리지 못했습니다.`,
    refused: (who: Phrase) => say`${who}${bold('작업을 시작하지 않았습니다.')}`,
    to: (who: Phrase) => say`${who} 님, `,
    again: (at: Phrase) => say`${at}에 다시 시도하며, 그때까지는 바로 되돌릴 수 있습니다.`,
    finishing: (by: Phrase, operation: Phrase) =>
      say`${subjectKo(by)} 마무리를 요청했습니다(작업 ${operation}).`,
    finishes: (operation: Phrase) => say`유지 시간이 끝나 마무리하는 중입니다(작업 ${operation}).`,
    cancelled: bold('취소했습니다.'),
    cancelledClean: ' 인스턴스와 그룹은 작업 전과 같습니다.',
    took: (span: string, expected: string) =>
      `소요 시간 ${span}${expected === '' ? '' : `(예상 ${expected})`}.`,
    left: '남아 있는 항목',
    frozen: (service: Phrase) => say`${service}: 새 배포는 담당자가 허용할 때까지 보류됩니다.`,
    undone: (by: Phrase, operation: Phrase) =>
      say`${subjectKo(by)} 되돌리기를 요청했습니다(작업 ${operation}).`,
  },
})

/** Who is addressed: the requester; of what started by itself, whom it concerns, where that is known. */
function addressed({ operation, causedBy: concerns, language }: OperationFacts): Phrase {
  const { requester } = operation
  // A machine is told by the door; the person behind it here.
  if (isMachine(requester))
    return requester.caller?.behind === undefined
      ? nothing
      : text[language].to(mention(requester.caller.behind))
  if (!isRollcall(requester)) return text[language].to(mention(requester.user))
  return concerns === undefined ? nothing : text[language].to(mention(concerns))
}

function verdict(facts: OperationFacts, ending: Ending): Phrase {
  const { operation, ...locale } = facts
  const copy = text[locale.language]
  const who = addressed(facts)
  const before = operation.plan?.before
  const failed = viewOf(operation.request).failureWords?.(code(operation.request.service), locale.language)
  const finalWords = viewOf(operation.request).finalWords?.(locale.language)
  switch (ending.kind) {
    case 'succeeded':
      return viewOf(operation.request).success(operation, locale)
    case 'rolled back':
      if (failed) return say`${who}${failed.restored}`
      return copy.rolledBack(
        who,
        code(operation.request.service),
        before === undefined ? nothing : code(before),
      )
    case 'failed clean':
      return failed && ending.left.length > 0 ? say`${who}${failed.kept}` : copy.failedClean(who)
    case 'needs attention':
      if (failed) return say`${who}${failed.attention}`
      return finalWords ? say`${who}${finalWords.attention}` : copy.attention(who)
    case 'refused':
      return copy.refused(who)
    case 'cancelled':
      return finalWords?.cancelled && ending.left.length > 0
        ? say`${copy.cancelled} ${finalWords.cancelled}`
        : say`${copy.cancelled}${copy.cancelledClean}`
    default:
      return ending.kind satisfies never
  }
}

function took(operation: Operation, locale: Locale): Phrase {
  const { startedAt, ending, plan } = operation
  if (startedAt === undefined || !ending) return nothing
  const expected =
    plan?.tasks.reduce((sum, task) => sum + (task.name === 'return' ? 0 : task.expected), 0) ?? 0
  const worth = ending.kind === 'succeeded' && expected > 0
  return words(
    text[locale.language].took(
      duration(ending.at - startedAt, locale.language),
      worth ? about(expected, locale.language) : '',
    ),
  )
}

/** How an operation ended: which of the six, why in AWS's own words, what to do, and how long it took. */
export function endingState(facts: OperationFacts): Phrase {
  const { operation } = facts
  const { ending } = operation
  const copy = text[facts.language]
  if (!ending) return nothing
  return lines(
    verdict(facts, ending),
    checkedRow(operation, ending, facts),
    facts.window ? windowRows(facts.window, facts) : nothing,
    operation.plan?.prune &&
      operation.startedAt !== undefined &&
      ending.kind !== 'succeeded' &&
      // Of a fleet that is taken down, the images come last.
      (!operation.plan.teardown || pruneResults(operation).length > 0)
      ? prunedRows(operation, facts)
      : nothing,
    ending.reason ? reasonRows(ending.reason, facts) : nothing,
    took(operation, facts),
    facts.frozen ? copy.frozen(code(operation.request.service)) : nothing,
    facts.retryAt === undefined ? nothing : copy.again(moment(facts.retryAt, facts)),
    facts.windowEnding ? finishingRow(facts.windowEnding, facts) : nothing,
    facts.rolledBack ? copy.undone(mention(facts.rolledBack.by), code(facts.rolledBack.operation)) : nothing,
  )
}

/** What customers met of a version that stays. */
const checkedRow = (operation: Operation, { kind }: Ending, { language }: Locale): Phrase => {
  const checked = kind === 'succeeded' ? checkedBy(operation) : undefined
  return checked && checked.figures.requests > 0 ? say`${figuresRow(checked.figures, language)}.` : nothing
}

const finishingRow = (
  { by, operation }: NonNullable<OperationFacts['windowEnding']>,
  { language }: Locale,
): Phrase =>
  isRollcall({ user: by })
    ? text[language].finishes(code(operation))
    : text[language].finishing(mention(by), code(operation))

const mostLeft = 8

/** What an ending leaves in AWS, one thing a line; nothing where nothing is left. */
export function leftRows(operation: Operation, locale: Locale): Phrase {
  const left = operation.ending?.left ?? []
  if (left.length === 0) return nothing
  return lines(
    bold(text[locale.language].left),
    ...left.slice(0, mostLeft).map((thing) => say`• ${reasonRow(thing, locale)}`),
  )
}
