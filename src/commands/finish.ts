import { starting, withService } from './starting'

export const finish = starting({
  name: 'finish',
  synonyms: { en: ['wrap-up'], ko: ['마무리'] },
  usage: 'finish <service> [--dry-run] [--reason "…"]',
  summary: {
    en: 'Ends the warm way back after a swap: what is kept of the old color is terminated.',
    ko: '되돌리기용으로 유지 중인 이전 색상의 인스턴스를 종료하고 전환을 마무리합니다.',
  },
  examples: { en: ['finish shop', 'finish shop --dry-run'], ko: ['마무리 shop', 'shop 마무리'] },
  parse: (input, start) => withService(input, 'finish', (service) => start({ procedure: 'finish', service })),
})
