import { readOperation, serviceNamed, takeOperation } from './arguments'
import { parsed, type Spec } from './spec'
import type { Command } from '../domain/interaction/command'
import { serviceOf } from '../domain/operation/id'

export const show: Spec<Extract<Command, { name: 'show' }>> = {
  name: 'show',
  synonyms: { en: ['describe', 'open', 'log'], ko: ['보기', '보여줘', '상세', '조회'] },
  usage: 'show <operation>',
  summary: {
    en: 'Shows one operation: its plan, its steps and how it ended.',
    ko: '작업 하나의 계획, 단계, 결과를 보여 줍니다.',
  },
  examples: { en: ['show web-k7f3q'], ko: ['보기 web-k7f3q'] },
  options: [],
  minWords: 1,
  changes: false,
  needs: ({ operation }) => ({ action: 'show', service: serviceOf(operation) ?? operation }),
  parse({ words, catalogue }) {
    const taken = takeOperation(words, catalogue)
    if (!taken.ok) return taken
    const { word } = taken
    // Who asks to be shown a service wants to know how it is.
    const service = serviceNamed(word, catalogue)
    if (service !== undefined) return parsed({ name: 'status', service })
    const operation = readOperation(word, catalogue)
    return operation.ok ? parsed({ name: 'show', operation: operation.id }) : operation
  },
}
