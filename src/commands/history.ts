import { looking } from './starting'

export const history = looking({
  name: 'history',
  synonyms: { en: ['hist', 'past', 'logs'], ko: ['이력', '기록', '내역', '히스토리'] },
  usage: 'history [<service>]',
  summary: {
    en: 'Lists the last operations: what, who, when and how each ended.',
    ko: '최근 작업의 내용, 요청자, 시각, 결과를 보여 줍니다.',
  },
  examples: { en: ['history', 'history web'], ko: ['이력', 'web 이력'] },
})
