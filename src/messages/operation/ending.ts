import type { Ending, Operation } from '../../domain/operation/operation'
import type { OperationFacts } from './facts'
import { windowRows } from '../blue-green/plan'
import { bilingual, type Locale } from '../locale'
import { isRollcall } from '../../domain/access/person'
import { eventRows, sizes } from '../events/event'
import { prunedRows } from '../images/prune'
import { moment } from '../text/moments'
import { reasonRow, reasonRows } from '../reasons/reasons'
import { about, duration } from '../text/numbers'
import { bold, code, lines, mention, nothing, say, words, type Phrase } from '../text/phrase'

const text = bilingual({
  en: {
    deployed: (service: Phrase, version: Phrase) => say`${bold('Done.')} ${service} serves ${version}.`,
    deployedOn: (service: Phrase, version: Phrase, color: Phrase) =>
      say`${bold('Done.')} ${service} serves ${version}, on ${color}.`,
    baked: (name: Phrase) => say`${bold('Done.')} The image ${name} is ready.`,
    rolled: (service: Phrase, version: Phrase) => say`${bold('Done.')} ${service} runs ${version}.`,
    back: (service: Phrase, version: Phrase) => say`${bold('Done.')} ${service} is back on ${version}.`,
    refreshed: (service: Phrase, image: Phrase) =>
      say`${bold('Done.')} New instances of ${service} launch ${image}. Those that run were not touched.`,
    fixed: (service: Phrase) =>
      say` The template of ${service} gives its security groups by id: launches in its subnets can succeed.`,
    scaled: (service: Phrase, sizes: Phrase) =>
      say`${bold('Done.')} ${service} is at ${sizes}, every instance healthy.`,
    scheduled: (service: Phrase, id: Phrase) =>
      say`${bold('Scheduled.')} AWS itself scales ${service} out and in again, even while Rollcall is down. The event is ${id}.`,
    rescheduled: (id: Phrase) => say`${bold('Changed.')} ${id} stands as follows.`,
    followed: (what: Phrase) => say`${bold('Done.')} ${what} is over.`,
    audited: words('Compared with what was scheduled.'),
    unscheduled: (id: Phrase) => say`${bold('Taken off the schedule.')} ${id} asks for nothing any more.`,
    swapped: (service: Phrase, version: Phrase, color: Phrase) =>
      say`${bold('Done.')} ${service} serves ${version} as before, on ${color} now.`,
    finished: (service: Phrase, color: Phrase) =>
      say`${bold('Finished.')} Nothing stands by any more; ${color} of ${service} is idle, at zero.`,
    finishedWeights: (service: Phrase, color: Phrase) =>
      say`${bold('Finished.')} Nothing is kept at weight 0 any more; ${color} of ${service} is idle, at zero.`,
    previous: 'the version before',
    rolledBack: (who: Phrase, service: Phrase, before: Phrase) =>
      say`${who}${bold('It failed, and the fleet was put back.')} ${service} is as it was before${before.length > 0 ? say`, on ${before}` : nothing}, and verified healthy.`,
    failedClean: (who: Phrase) => say`${who}${bold('It failed.')} The fleet was not changed.`,
    attention: (who: Phrase) =>
      say`${who}${bold('This needs a person now.')} It failed, and not everything could be put back.`,
    attentionPruned: (who: Phrase) =>
      say`${who}${bold('Not everything could be deleted.')} No group and no instance was touched.`,
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
    deployed: (service: Phrase, version: Phrase) =>
      say`${bold('배포를 완료했습니다.')} ${service}: 현재 ${version} 서비스 중입니다.`,
    deployedOn: (service: Phrase, version: Phrase, color: Phrase) =>
      say`${bold('배포를 완료했습니다.')} ${service}: 현재 ${color} 색상에서 ${version} 서비스 중입니다.`,
    baked: (name: Phrase) => say`${bold('이미지를 만들었습니다.')} ${name} 이미지를 사용할 수 있습니다.`,
    rolled: (service: Phrase, version: Phrase) =>
      say`${bold('교체를 완료했습니다.')} ${service}: 현재 ${version} 실행 중입니다.`,
    back: (service: Phrase, version: Phrase) =>
      say`${bold('되돌렸습니다.')} ${service}: 현재 ${version} 서비스 중입니다.`,
    refreshed: (service: Phrase, image: Phrase) =>
      say`${bold('갱신했습니다.')} ${service}: 새 인스턴스는 ${image} 이미지로 시작하며, 실행 중인 인스턴스는 변경하지 않았습니다.`,
    fixed: (service: Phrase) =>
      say` ${service}의 시작 템플릿이 보안 그룹을 ID로 지정하므로 서브넷에서 인스턴스를 시작할 수 있습니다.`,
    scaled: (service: Phrase, sizes: Phrase) =>
      say`${bold('용량을 조정했습니다.')} ${service}: ${sizes}, 모든 인스턴스가 정상입니다.`,
    scheduled: (service: Phrase, id: Phrase) =>
      say`${bold('일정을 등록했습니다.')} Rollcall이 멈춰 있어도 AWS가 직접 ${service} 용량을 늘리고 되돌립니다. 일정 ID: ${id}`,
    rescheduled: (id: Phrase) => say`${bold('일정을 변경했습니다.')} ${id} 일정은 다음과 같습니다.`,
    followed: (what: Phrase) => say`${bold('일정이 끝났습니다.')} ${what}`,
    audited: words('등록된 일정과 비교했습니다.'),
    unscheduled: (id: Phrase) => say`${bold('일정을 취소했습니다.')} ${id} 일정은 더 이상 적용되지 않습니다.`,
    swapped: (service: Phrase, version: Phrase, color: Phrase) =>
      say`${bold('색상을 전환했습니다.')} ${service}: 이제 ${color} 색상에서 ${version} 서비스 중이며, 버전은 그대로입니다.`,
    finished: (service: Phrase, color: Phrase) =>
      say`${bold('마무리했습니다.')} ${service}: 대기 중이던 ${color} 인스턴스를 모두 종료했고, ${color} 색상은 0대입니다.`,
    finishedWeights: (service: Phrase, color: Phrase) =>
      say`${bold('마무리했습니다.')} ${service}: 가중치 0으로 유지하던 ${color} 인스턴스를 모두 종료했고, ${color} 색상은 0대입니다.`,
    previous: '이전 버전',
    rolledBack: (who: Phrase, service: Phrase, before: Phrase) =>
      say`${who}${bold('작업이 실패하여 이전 상태로 되돌렸습니다.')} ${service}: ${before.length > 0 ? say`${before} 버전의 ` : nothing}정상 상태를 확인했습니다.`,
    failedClean: (who: Phrase) =>
      say`${who}${bold('작업이 실패했습니다.')} 인스턴스와 그룹은 변경되지 않았습니다.`,
    attention: (who: Phrase) =>
      say`${who}${bold('지금 직접 조치가 필요합니다.')} 작업이 실패했고, 일부는 되돌리지 못했습니다.`,
    attentionPruned: (who: Phrase) =>
      say`${who}${bold('일부를 삭제하지 못했습니다.')} 그룹과 인스턴스는 변경하지 않았습니다.`,
    refused: (who: Phrase) => say`${who}${bold('작업을 시작하지 않았습니다.')}`,
    to: (who: Phrase) => say`${who} 님, `,
    again: (at: Phrase) => say`${at}에 다시 시도하며, 그때까지는 바로 되돌릴 수 있습니다.`,
    finishing: (by: Phrase, operation: Phrase) => say`${by} 님이 마무리를 요청했습니다(작업 ${operation}).`,
    finishes: (operation: Phrase) => say`유지 시간이 끝나 마무리하는 중입니다(작업 ${operation}).`,
    cancelled: bold('취소했습니다.'),
    cancelledClean: ' 인스턴스와 그룹은 작업 전과 같습니다.',
    took: (span: string, expected: string) =>
      `소요 시간 ${span}${expected === '' ? '' : `(예상 ${expected})`}.`,
    left: '남아 있는 항목',
    frozen: (service: Phrase) => say`${service}: 새 배포는 담당자가 허용할 때까지 보류됩니다.`,
    undone: (by: Phrase, operation: Phrase) => say`${by} 님이 되돌리기를 요청했습니다(작업 ${operation}).`,
  },
})

function success(operation: Operation, locale: Locale): Phrase {
  const copy = text[locale.language]
  const { request, plan } = operation
  const service = code(request.service)
  const version = plan?.version === undefined ? nothing : code(plan.version)
  switch (request.procedure) {
    case 'deploy':
      return plan?.colors
        ? copy.deployedOn(service, code(request.version), code(plan.colors.to))
        : copy.deployed(service, code(request.version))
    case 'bake':
      return copy.baked(code(plan?.image?.name ?? request.version))
    case 'roll':
      return copy.rolled(service, version.length > 0 ? version : words(copy.previous))
    case 'rollback':
      return copy.back(service, version.length > 0 ? version : words(copy.previous))
    case 'update-image':
      return say`${copy.refreshed(service, version)}${plan?.template?.groupIds ? copy.fixed(service) : nothing}`
    case 'scale':
      return copy.scaled(service, words(plan?.group ? sizes(plan.group.after, locale) : request.desired))
    case 'schedule':
      return lines(
        copy.scheduled(service, code(operation.id)),
        plan?.schedule?.event ? eventRows(plan.schedule.event, locale) : nothing,
      )
    case 'prune':
      return prunedRows(operation, locale)
    case 'reschedule':
      return lines(
        copy.rescheduled(code(request.event)),
        plan?.schedule?.event ? eventRows(plan.schedule.event, locale) : nothing,
      )
    case 'monitor-event':
      return copy.followed(code(plan?.follow?.event.name ?? request.event))
    case 'detect-drift':
      return copy.audited
    case 'unschedule':
      return copy.unscheduled(code(plan?.schedule?.event?.name ?? request.event))
    case 'swap':
      return copy.swapped(service, version, code(plan?.colors?.to ?? ''))
    case 'finish':
      return (plan?.colors?.weights ? copy.finishedWeights : copy.finished)(
        service,
        code(plan?.colors?.to ?? ''),
      )
    default:
      return request satisfies never
  }
}

/** Who is addressed: the requester; of what started by itself, whom it concerns, where that is known. */
function addressed({ operation, causedBy: concerns, language }: OperationFacts): Phrase {
  const user = isRollcall(operation.requester) ? concerns : operation.requester.user
  return user === undefined ? nothing : text[language].to(mention(user))
}

function verdict(facts: OperationFacts, ending: Ending): Phrase {
  const { operation, ...locale } = facts
  const copy = text[locale.language]
  const who = addressed(facts)
  const before = operation.plan?.before
  switch (ending.kind) {
    case 'succeeded':
      return success(operation, locale)
    case 'rolled back':
      return copy.rolledBack(
        who,
        code(operation.request.service),
        before === undefined ? nothing : code(before),
      )
    case 'failed clean':
      return copy.failedClean(who)
    case 'needs attention':
      return operation.request.procedure === 'prune' ? copy.attentionPruned(who) : copy.attention(who)
    case 'refused':
      return copy.refused(who)
    case 'cancelled':
      return say`${copy.cancelled}${copy.cancelledClean}`
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
    facts.window ? windowRows(facts.window, facts) : nothing,
    operation.plan?.prune && operation.startedAt !== undefined && ending.kind !== 'succeeded'
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
