import type { Action } from '../../domain/access/action'
import { koreanProcedures } from '../procedures/copy.ko'

/** What people call each action in Korean; in English the commands' own names will do. */
const koreanActions: Readonly<Record<Action, string>> = {
  ...koreanProcedures,
  schedules: '일정 조회',
  images: '이미지 조회',
  status: '상태 조회',
  history: '이력 조회',
  show: '작업 조회',
  lock: '잠금',
  unlock: '잠금 해제',
  cancel: '취소',
  approve: '승인',
  help: '도움말',
  windows: '변경 금지 기간 조회',
  handover: '인수인계',
  stats: '통계 조회',
  override: '변경 금지 기간 예외',
  webhooks: '웹훅 확인과 재전송',
}

export const isAction = (word: unknown): word is Action =>
  typeof word === 'string' && Object.hasOwn(koreanActions, word)

/** The action's Korean name, or the word itself where it is none of ours. */
export const koreanAction = (word: string): string => (isAction(word) ? koreanActions[word] : word)
