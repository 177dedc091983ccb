import { essential, isAll, serviceNamed, tooMany, unknownService } from './arguments'
import { understood, type Spec } from './shape'
import type { Command } from '../domain/command'

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
  least: 1,
  changes: true,
  needs: ({ service }) => ({ action: 'unlock', service }),
  parse({ words, catalogue }) {
    const [word, extra] = essential(words, catalogue)
    if (!word) return understood({ name: 'form', form: 'unlock', known: {} })
    const service = isAll(word) ? '*' : serviceNamed(word, catalogue)
    if (service === undefined) return unknownService(word, catalogue)
    return extra ? tooMany(extra) : understood({ name: 'unlock', service })
  },
}
