import { essential, readOperation, serviceNamed, tooManyWords, unknownService } from './arguments'
import { parsed, type Spec } from './spec'
import type { Command } from '../domain/interaction/command'
import { isOperationId, serviceOf } from '../domain/operation/id'

export const cancel: Spec<Extract<Command, { name: 'cancel' }>> = {
  name: 'cancel',
  synonyms: { en: ['stop', 'abort'], ko: ['취소', '중단', '중지', '멈춰'] },
  usage: 'cancel <service|operation>',
  summary: {
    en: 'Stops what runs on a service at the next safe point, and offers to go back or to go on.',
    ko: '진행 중인 작업을 다음 안전 지점에서 멈추고, 되돌릴지 계속할지 확인합니다.',
  },
  examples: { en: ['cancel web', 'cancel web-k7f3q'], ko: ['취소 web', 'web 배포 취소'] },
  options: [],
  minWords: 1,
  changes: true,
  needs: ({ target }) => ({
    action: 'cancel',
    service: isOperationId(target) ? (serviceOf(target) ?? target) : target,
  }),
  parse({ words, catalogue }) {
    const [word, extra] = essential(words, catalogue)
    if (!word) return parsed({ name: 'form', form: 'cancel', known: {} })
    if (extra) return tooManyWords(extra)
    const service = serviceNamed(word, catalogue)
    if (service !== undefined) return parsed({ name: 'cancel', target: service })
    if (!isOperationId(word.text.toLowerCase())) return unknownService(word, catalogue)
    const operation = readOperation(word, catalogue)
    return operation.ok ? parsed({ name: 'cancel', target: operation.id }) : operation
  },
}
