import { readOperation, takeOperation } from './arguments'
import { parsed, type Spec } from './spec'
import type { Command } from '../domain/interaction/command'
import { serviceOf } from '../domain/operation/id'

export const approve: Spec<Extract<Command, { name: 'approve' }>> = {
  name: 'approve',
  synonyms: { en: ['ok', 'lgtm'], ko: ['승인', '허가'] },
  usage: 'approve <operation>',
  summary: {
    en: 'Agrees to the plan of an operation that waits for approval.',
    ko: '승인을 기다리는 작업의 계획을 승인합니다.',
  },
  examples: { en: ['approve web-k7f3q'], ko: ['승인 web-k7f3q'] },
  options: [],
  minWords: 1,
  changes: true,
  needs: ({ operation }) => ({ action: 'approve', service: serviceOf(operation) ?? operation }),
  parse({ words, catalogue }) {
    const taken = takeOperation(words, catalogue)
    if (!taken.ok) return taken
    const operation = readOperation(taken.word, catalogue)
    return operation.ok ? parsed({ name: 'approve', operation: operation.id }) : operation
  },
}
