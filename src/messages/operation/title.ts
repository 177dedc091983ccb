import type { Operation } from '../../domain/operation/operation'
import { bilingual, type Locale } from '../locale'
import { viewOf } from '../procedures'
import type { Phrase } from '../text/phrase'
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

/** What an operation is: procedure, service and version. */
export const title = ({ request, plan }: Pick<Operation, 'request' | 'plan'>, locale: Locale): Phrase =>
  viewOf(request).title(request, plan, locale)
