import type { Strategy } from '../../domain/catalogue/strategy'
import { bilingual } from '../locale'

/** Each strategy in a few words, for plans and forms. */
export const strategyNames = bilingual<Readonly<Record<Strategy, string>>>({
  en: {
    refresh: 'instance refresh, new ones first',
    replace: 'one by one, new one first',
    surge: 'double, then drop the old half',
    'blue-green': 'the other color, old one in standby',
    canary: 'traffic shifted by weights, step by step',
  },
  ko: {
    refresh: '인스턴스 새로 고침(새 인스턴스 먼저 시작)',
    replace: '한 대씩 교체(새 인스턴스 먼저 시작)',
    surge: '두 배로 늘린 뒤 이전 인스턴스 종료',
    'blue-green': '다른 색상으로 전환(이전 색상은 대기)',
    canary: '가중치에 따라 트래픽 이동',
  },
})
