import { looking } from './starting'

export const schedules = looking({
  name: 'schedules',
  synonyms: { en: ['calendar', 'events', 'agenda'], ko: ['일정목록', '달력', '캘린더'] },
  usage: 'schedules [<service>]',
  summary: {
    en: 'Shows the live events to come, and scheduled actions that others made.',
    ko: '예정된 라이브 이벤트와 다른 사람이 만든 예약 작업을 보여 줍니다.',
  },
  examples: { en: ['schedules', 'schedules web'], ko: ['일정 목록', 'web 달력'] },
})
