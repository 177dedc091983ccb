import { essential, isAll, serviceNamed, tooManyWords, unknownService } from './arguments'
import { parsed, type Spec } from './spec'
import type { Command } from '../domain/interaction/command'

export const unlock: Spec<Extract<Command, { name: 'unlock' }>> = {
  name: 'unlock',
  synonyms: { en: ['unblock', 'unfreeze'], ko: ['해제', '잠금해제', '풀기', '풀어'] },
  usage: 'unlock <service|*>',
  summary: {
    en: 'Clears the lock on a service, and the freeze that a rollback leaves behind.',
    ko: '서비스의 잠금과, 되돌리기 이후의 배포 보류를 해제합니다.',
  },
  examples: { en: ['unlock web'], ko: ['해제 web', 'web 잠금 해제'] },
  options: [],
  minWords: 1,
  changes: true,
  needs: ({ service }) => ({ action: 'unlock', service }),
  parse({ words, catalogue }) {
    const [word, extra] = essential(words, catalogue)
    if (!word) return parsed({ name: 'form', form: 'unlock', known: {} })
    const service = isAll(word) ? '*' : serviceNamed(word, catalogue)
    if (service === undefined) return unknownService(word, catalogue)
    return extra ? tooManyWords(extra) : parsed({ name: 'unlock', service })
  },
}
