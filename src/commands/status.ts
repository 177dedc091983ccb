import { defined } from '../domain/defined'
import { onlyService } from './arguments'
import { parsed, type Spec } from './spec'
import type { Command } from '../domain/interaction/command'

export const status: Spec<Extract<Command, { name: 'status' }>> = {
  name: 'status',
  synonyms: { en: ['st', 'state', 'health', 'ps', 'ls', 'list'], ko: ['상태', '현황', '상황'] },
  usage: 'status [<service>]',
  summary: {
    en: 'Shows the fleet as it is now: instances by version and health, what runs, what waits, who holds a lock.',
    ko: '현재 인스턴스의 버전과 정상 여부, 진행 중이거나 대기 중인 작업, 잠금을 보여 줍니다.',
  },
  examples: { en: ['status', 'status web'], ko: ['상태', 'web 상태'] },
  options: [],
  minWords: 0,
  changes: false,
  needs: ({ service }) => ({ action: 'status', ...defined({ service }) }),
  parse({ words, catalogue }) {
    const only = onlyService(words, catalogue)
    return only.ok ? parsed({ name: 'status', ...defined({ service: only.service }) }) : only
  },
}
