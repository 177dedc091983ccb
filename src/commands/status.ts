import { looking } from './starting'

export const status = looking({
  name: 'status',
  synonyms: { en: ['st', 'state', 'health', 'ps', 'ls', 'list'], ko: ['상태', '현황', '상황'] },
  usage: 'status [<service>]',
  summary: {
    en: 'Shows the fleet as it is now: instances by version and health, what runs, what waits, who holds a lock.',
    ko: '현재 인스턴스의 버전과 정상 여부, 진행 중이거나 대기 중인 작업, 잠금을 보여 줍니다.',
  },
  examples: { en: ['status', 'status web'], ko: ['상태', 'web 상태'] },
})
