import { defined } from '../domain/defined'
import type { Command } from '../domain/interaction/command'
import { onlyService } from './arguments'
import { badValue, parsed, type Spec } from './spec'

export const history: Spec<Extract<Command, { name: 'history' }>> = {
  name: 'history',
  synonyms: { en: ['hist', 'past', 'logs'], ko: ['이력', '기록', '내역', '히스토리'] },
  usage: 'history [<service>] [--since 30d|<date>] [--until <date>] [--csv|--json]',
  summary: {
    en: 'Lists the last operations: what, who, when and how each ended; or the record of them, to be copied.',
    ko: '최근 작업의 내용, 요청자, 시각, 결과를 보여 주거나 감사 기록을 내보냅니다.',
  },
  examples: {
    en: ['history', 'history web', 'history --since 30d', 'history web --since 2026-11-01 --csv'],
    ko: ['이력', 'web 이력', '이력 web --since 30d --csv'],
  },
  options: ['since', 'until', 'csv', 'json'],
  minWords: 0,
  changes: false,
  needs: ({ service }) => ({ action: 'history', ...defined({ service }) }),
  parse({ words, options, catalogue }) {
    const only = onlyService(words, catalogue)
    if (!only.ok) return only
    const { since, until, csv, json } = options
    if (csv && json) return badValue('json', '--csv --json', '--csv | --json')
    return parsed({
      name: 'history',
      ...defined({ service: only.service, since, until }),
      ...(csv && { as: 'csv' }),
      ...(json && { as: 'json' }),
    })
  },
}
