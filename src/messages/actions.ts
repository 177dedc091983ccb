import type { Action } from '../domain/catalogue'
import { both } from './language'

/** What people call each action. */
export const actionNames = both<Readonly<Record<Action, string>>>({
  en: {
    deploy: 'deploy',
    bake: 'bake an image',
    roll: 'roll',
    swap: 'swap',
    rollback: 'roll back',
    finish: 'finish',
    scale: 'scale',
    schedule: 'schedule',
    unschedule: 'unschedule',
    schedules: 'see schedules',
    images: 'see images',
    refresh: 'refresh the image',
    prune: 'prune',
    provision: 'provision',
    teardown: 'tear down',
    status: 'see the status',
    history: 'see the history',
    show: 'see operations',
    lock: 'lock',
    unlock: 'unlock',
    cancel: 'cancel',
    approve: 'approve',
    help: 'see help',
  },
  ko: {
    deploy: '배포',
    bake: '이미지 생성',
    roll: '템플릿 버전 교체',
    swap: '색상 전환',
    rollback: '되돌리기',
    finish: '마무리',
    scale: '용량 조정',
    schedule: '일정 등록',
    unschedule: '일정 취소',
    schedules: '일정 조회',
    images: '이미지 조회',
    refresh: '이미지 갱신',
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
  },
})

/** The action's name where it is one that we know, else the word itself. */
export const actionName = (action: string, language: 'en' | 'ko'): string =>
  Object.hasOwn(actionNames[language], action) ? actionNames[language][action as Action] : action
