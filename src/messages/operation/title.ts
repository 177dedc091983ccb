import type { Operation } from '../../domain/operation/operation'
import { bilingual, type Locale } from '../locale'
import { pruneCounts } from '../images/prune'
import { josa } from '../text/josa'
import { say, type Phrase } from '../text/phrase'
import type { EndingKind, Phase } from '../../domain/operation/phase'

const phaseSigns: Readonly<Record<Exclude<Phase, 'ended'>, string>> = {
  planning: '⏳',
  confirming: '❓',
  approving: '✋',
  queued: '⏳',
  running: '🔄',
  held: '⏸️',
  finishing: '🔄',
  returning: '↩️',
}
const endingSigns: Readonly<Record<EndingKind, string>> = {
  succeeded: '✅',
  'rolled back': '↩️',
  'failed clean': '❌',
  'needs attention': '🚨',
  refused: '🚫',
  cancelled: '⏹️',
}

const endingNames = bilingual<Readonly<Record<EndingKind, string>>>({
  en: {
    succeeded: 'succeeded',
    'rolled back': 'rolled back',
    'failed clean': 'failed, fleet unchanged',
    'needs attention': 'needs attention',
    refused: 'not started',
    cancelled: 'cancelled',
  },
  ko: {
    succeeded: '완료',
    'rolled back': '실패, 이전 상태로 복구됨',
    'failed clean': '실패, 인스턴스 변경 없음',
    'needs attention': '조치 필요',
    refused: '시작하지 않음',
    cancelled: '취소됨',
  },
})

const phaseNames = bilingual<Readonly<Record<Phase, string>>>({
  en: {
    planning: 'planning',
    confirming: 'waiting for confirmation',
    approving: 'waiting for approval',
    queued: 'in line',
    running: 'running',
    held: 'on hold',
    finishing: 'finishing',
    returning: 'going back',
    ended: 'ended',
  },
  ko: {
    planning: '계획 중',
    confirming: '확인 대기',
    approving: '승인 대기',
    queued: '순서 대기',
    running: '진행 중',
    held: '일시 정지',
    finishing: '마무리 중',
    returning: '되돌리는 중',
    ended: '종료',
  },
})

/** One sign that tells at a glance how an operation stands. */
export const sign = (operation: Pick<Operation, 'phase' | 'ending'>): string => {
  if (operation.ending) return endingSigns[operation.ending.kind]
  return operation.phase === 'ended' ? '⏹️' : phaseSigns[operation.phase]
}

/** How an operation stands, in two or three words. */
export const statusPhrase = (operation: Pick<Operation, 'phase' | 'ending'>, locale: Locale): string =>
  operation.ending
    ? endingNames[locale.language][operation.ending.kind]
    : phaseNames[locale.language][operation.phase]

const names = bilingual({
  en: {
    deploy: (service: string, version: string) => say`Deploy ${service} ${version}`,
    bake: (service: string, version: string) => say`Bake an image of ${service} ${version}`,
    roll: (service: string, version: string) =>
      version === ''
        ? say`Roll ${service} to its newest template version`
        : say`Roll ${service} to template version ${version}`,
    rollback: (service: string, version: string) =>
      version === '' ? say`Roll back ${service}` : say`Roll back ${service} to ${version}`,
    'update-image': (service: string, image: string) =>
      image === ''
        ? say`Move ${service} to its newest image`
        : say`Move ${service} to its newest image, ${image}`,
    prune: (service: string, counts: string) =>
      counts === '' ? say`Prune ${service}` : say`Prune ${service}: ${counts}`,
    fix: (service: string) => say`Give the security groups of ${service} by id`,
    scale: (service: string, desired: string) => say`Scale ${service} to ${desired}`,
    schedule: (service: string, name: string) =>
      name === '' ? say`Schedule an event for ${service}` : say`Schedule ${name} for ${service}`,
    reschedule: (service: string, name: string) => say`Change ${name} of ${service}`,
    'monitor-event': (service: string, name: string) => say`${name} on ${service}`,
    'detect-drift': (service: string) => say`Scheduled actions of ${service}`,
    unschedule: (service: string, name: string) => say`Take ${name} of ${service} off the schedule`,
    swap: (service: string, colors: string) =>
      colors === '' ? say`Swap the colors of ${service}` : say`Swap the colors of ${service}: ${colors}`,
    finish: (service: string, color: string) =>
      color === '' ? say`Finish ${service}` : say`Finish ${service}: end the Standby of ${color}`,
    finishWeights: (service: string, color: string) => say`Finish ${service}: take ${color} to zero`,
  },
  ko: {
    deploy: (service: string, version: string) => say`${service} ${version} 배포`,
    bake: (service: string, version: string) => say`${service} ${version} 이미지 생성`,
    roll: (service: string, version: string) =>
      version === ''
        ? say`${service} 템플릿 최신 버전으로 교체`
        : say`${service} 템플릿 버전 ${version}${josa(version, '으로')} 교체`,
    rollback: (service: string, version: string) =>
      version === '' ? say`${service} 되돌리기` : say`${service} ${version}${josa(version, '으로')} 되돌리기`,
    'update-image': (service: string, image: string) =>
      image === '' ? say`${service} 최신 이미지로 갱신` : say`${service} 최신 이미지로 갱신: ${image}`,
    prune: (service: string, counts: string) =>
      counts === '' ? say`${service} 정리` : say`${service} 정리: ${counts}`,
    fix: (service: string) => say`${service} 보안 그룹을 ID로 지정`,
    scale: (service: string, desired: string) => say`${service} 용량을 ${desired}대로 조정`,
    schedule: (service: string, name: string) =>
      name === '' ? say`${service} 일정 등록` : say`${service} 일정 등록: ${name}`,
    reschedule: (service: string, name: string) => say`${service} 일정 변경: ${name}`,
    'monitor-event': (service: string, name: string) => say`${service} 일정: ${name}`,
    'detect-drift': (service: string) => say`${service} 예약 작업 점검`,
    unschedule: (service: string, name: string) => say`${service} 일정 취소: ${name}`,
    swap: (service: string, colors: string) =>
      colors === '' ? say`${service} 색상 전환` : say`${service} 색상 전환: ${colors}`,
    finish: (service: string, color: string) =>
      color === '' ? say`${service} 마무리` : say`${service} 마무리: ${color} 대기 종료`,
    finishWeights: (service: string, color: string) => say`${service} 마무리: ${color} 색상을 0대로`,
  },
})

/** What an operation is: procedure, service and version. */
export function title(operation: Pick<Operation, 'request' | 'plan'>, locale: Locale): Phrase {
  const { request, plan } = operation
  const name = names[locale.language][request.procedure]
  // The image that it stays on is no news.
  const fixesOnly = plan?.template?.groupIds !== undefined && plan.before === undefined
  if (fixesOnly) return names[locale.language].fix(request.service)
  switch (request.procedure) {
    case 'deploy':
    case 'bake':
      return name(request.service, request.version)
    case 'update-image':
    case 'rollback':
      return name(request.service, plan?.version ?? '')
    case 'scale':
      return name(request.service, String(request.desired))
    case 'schedule':
      return name(request.service, request.name ?? '')
    case 'prune':
      return name(request.service, plan?.prune ? pruneCounts(plan.prune, locale) : '')
    case 'swap':
      return name(request.service, plan?.colors ? `${plan.colors.from} → ${plan.colors.to}` : '')
    case 'finish':
      if (plan?.colors?.weights) return names[locale.language].finishWeights(request.service, plan.colors.to)
      return name(request.service, plan?.colors?.to ?? '')
    case 'reschedule':
    case 'unschedule':
      return name(request.service, plan?.schedule?.event?.name ?? request.event)
    case 'monitor-event':
      return name(request.service, plan?.follow?.event.name ?? request.event)
    case 'detect-drift':
      return name(request.service, '')
    case 'roll':
      return name(request.service, rolledTo(request, plan))
    default:
      return request satisfies never
  }
}

/** The template version that a roll goes to, as far as it is known. */
const rolledTo = (
  request: Extract<Operation['request'], { procedure: 'roll' }>,
  plan: Operation['plan'],
): string => {
  const target = plan?.template?.target
  const number = request.templateVersion ?? (target?.how === 'existing' ? target.number : undefined)
  return number === undefined ? '' : String(number)
}
