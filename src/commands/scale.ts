import { defined } from '../domain/defined'
import { essential, takeService, tooManyWords } from './arguments'
import { parseFailure, badValue } from './spec'
import { takes } from './options'
import { starting } from './starting'

export const scale = starting({
  name: 'scale',
  synonyms: { en: ['resize', 'capacity'], ko: ['용량', '조정', '스케일'] },
  usage:
    'scale <service> desired=<count> [min=<count>] [max=<count>] [--after-cooldown] [--dry-run] [--reason "…"]',
  summary: {
    en: 'Sets the sizes of the group now and waits until every instance is healthy.',
    ko: '그룹의 용량을 지금 바꾸고 모든 인스턴스가 정상이 될 때까지 확인합니다.',
  },
  examples: {
    en: ['scale web desired=4', 'scale web 3 --dry-run', 'scale web desired=6 max=8'],
    ko: ['용량 web 4', 'web 용량 desired=4'],
  },
  options: ['desired', 'min', 'max', 'after-cooldown'],
  parse({ words, options, catalogue }, start) {
    const found = takeService(essential(words, catalogue), catalogue)
    if (!found.ok) return found
    const { service, others } = found
    const [word, extra] = others
    const bare = word && /^(\d{1,3})(?:대(?:로)?)?$/u.exec(word.text)?.[1]
    if (word && (bare === undefined || options.desired !== undefined)) {
      return badValue('desired', word.text, takes('desired'))
    }
    if (extra) return tooManyWords(extra)
    if (service === undefined) return parseFailure({ code: 'missing_argument', argument: 'service' })
    const desired = options.desired ?? (bare === undefined ? undefined : Number(bare))
    if (desired === undefined) return parseFailure({ code: 'missing_argument', argument: 'desired' })
    const { min, max } = options
    const afterCooldown = options['after-cooldown']
    return start({ procedure: 'scale', service, desired, ...defined({ min, max, afterCooldown }) })
  },
})
