import type { Action } from '../../domain/access/action'

/** What people call each action in Korean; in English the commands' own names will do. */
const koreanActions: Readonly<Record<Action, string>> = {
  deploy: '배포',
  bake: '이미지 생성',
  roll: '템플릿 버전 교체',
  swap: '색상 전환',
  rollback: '되돌리기',
  finish: '마무리',
  scale: '용량 조정',
  schedule: '일정 등록',
  reschedule: '일정 변경',
  unschedule: '일정 취소',
  'monitor-event': '일정 추적',
  'detect-drift': '일정 점검',
  schedules: '일정 조회',
  images: '이미지 조회',
  'update-image': '이미지 갱신',
  prune: '오래된 이미지 정리',
  provision: '구성',
  teardown: '철거',
  status: '상태 조회',
  history: '이력 조회',
  show: '작업 조회',
  lock: '잠금',
  unlock: '잠금 해제',
  cancel: '취소',
  approve: '승인',
  help: '도움말',
}

export const isAction = (word: unknown): word is Action =>
  typeof word === 'string' && Object.hasOwn(koreanActions, word)

/** The action's Korean name, or the word itself where it is none of ours. */
export const koreanAction = (word: string): string => (isAction(word) ? koreanActions[word] : word)
