import { looking } from './starting'

export const handover = looking({
  name: 'handover',
  synonyms: { en: ['hand-over', 'shift', 'oncall'], ko: ['인수인계', '인계', '교대'] },
  usage: 'handover [<service>]',
  summary: {
    en: 'Tells who comes on duty what runs, waits, is locked, is kept warm, closes, comes up today and went wrong.',
    ko: '교대할 사람에게 진행·대기 중인 작업, 잠금, 유지 중인 색상, 변경 금지 기간, 오늘의 이벤트, 실패를 한 번에 알려 줍니다.',
  },
  examples: { en: ['handover', 'handover web'], ko: ['인수인계', 'web 인수인계'] },
})
