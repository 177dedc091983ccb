import { looking } from './starting'

export const windows = looking({
  name: 'windows',
  synonyms: { en: ['window', 'freezes', 'blackouts'], ko: ['변경금지', '변경금지기간', '금지기간'] },
  usage: 'windows [<service>]',
  summary: {
    en: 'Shows when changes are held: what is closed now, until when, what closes next, and who may override it.',
    ko: '변경이 보류되는 기간과 종료 시각, 다음 기간, 예외를 허용할 수 있는 사람을 보여 줍니다.',
  },
  examples: { en: ['windows', 'windows web'], ko: ['변경금지', 'web 변경금지'] },
})
