import { looking } from './starting'

export const stats = looking({
  name: 'stats',
  synonyms: { en: ['statistics', 'dora', 'metrics'], ko: ['통계', '지표'] },
  usage: 'stats [<service>]',
  summary: {
    en: 'Shows how often, how fast and how safely versions went out in the last four weeks.',
    ko: '최근 4주 동안 얼마나 자주, 빠르게, 안전하게 배포했는지 보여 줍니다.',
  },
  examples: { en: ['stats', 'stats web'], ko: ['통계', 'web 통계'] },
})
