import { defined } from '../domain/defined'
import { onlyService } from './arguments'
import { parsed, type Spec } from './spec'
import type { Command } from '../domain/interaction/command'

export const schedules: Spec<Extract<Command, { name: 'schedules' }>> = {
  name: 'schedules',
  synonyms: { en: ['calendar', 'events', 'agenda'], ko: ['일정목록', '달력', '캘린더'] },
  usage: 'schedules [<service>]',
  summary: {
    en: 'Shows the live events to come, and scheduled actions that others made.',
    ko: '예정된 라이브 이벤트와 다른 사람이 만든 예약 작업을 보여 줍니다.',
  },
  examples: { en: ['schedules', 'schedules web'], ko: ['일정 목록', 'web 달력'] },
  options: [],
  minWords: 0,
  changes: false,
  needs: ({ service }) => ({ action: 'schedules', ...defined({ service }) }),
  parse({ words, catalogue }) {
    const only = onlyService(words, catalogue)
    return only.ok ? parsed({ name: 'schedules', ...defined({ service: only.service }) }) : only
  },
}
