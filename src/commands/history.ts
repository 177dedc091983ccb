import { defined } from '../domain/defined'
import { onlyService } from './arguments'
import { parsed, type Spec } from './spec'
import type { Command } from '../domain/interaction/command'

export const history: Spec<Extract<Command, { name: 'history' }>> = {
  name: 'history',
  synonyms: { en: ['hist', 'past', 'logs'], ko: ['이력', '기록', '내역', '히스토리'] },
  usage: 'history [<service>]',
  summary: {
    en: 'Lists the last operations: what, who, when and how each ended.',
    ko: '최근 작업의 내용, 요청자, 시각, 결과를 보여 줍니다.',
  },
  examples: { en: ['history', 'history web'], ko: ['이력', 'web 이력'] },
  options: [],
  minWords: 0,
  changes: false,
  needs: ({ service }) => ({ action: 'history', ...defined({ service }) }),
  parse({ words, catalogue }) {
    const only = onlyService(words, catalogue)
    return only.ok ? parsed({ name: 'history', ...defined({ service: only.service }) }) : only
  },
}
