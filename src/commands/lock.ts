import { defined } from '../domain/defined'
import { isAll, serviceNamed, takeService, tooManyWords, unknownService } from './arguments'
import { takes } from './options'
import { isLockable, takeSpan } from './span'
import { writeDuration } from '../domain/time/duration'
import { parseFailure, parsed, type Spec, badValue } from './spec'
import type { Command } from '../domain/interaction/command'

export const lock: Spec<Extract<Command, { name: 'lock' }>> = {
  name: 'lock',
  synonyms: { en: ['hold', 'block', 'freeze'], ko: ['잠금', '잠궈', '잠가', '잠가줘'] },
  usage: 'lock <service|*> "reason" [for 2h]',
  summary: {
    en: 'Holds back every change of a service until it is unlocked or the time is over; rollbacks still pass.',
    ko: '해제하거나 정한 시간이 지날 때까지 서비스 변경을 막습니다. 되돌리기는 막지 않습니다.',
  },
  examples: {
    en: ['lock web "incident 42"', 'lock web "incident 42" for 2h'],
    ko: ['잠금 web "장애 대응" 2시간', 'web 잠금 "점검 중"'],
  },
  options: ['reason', 'for'],
  minWords: 1,
  changes: true,
  needs: ({ service }) => ({ action: 'lock', service }),
  parse({ words, options, catalogue }) {
    const [first] = words
    if (!first) return parsed({ name: 'form', form: 'lock', known: {} })
    const named = isAll(first) ? first : words.find((word) => serviceNamed(word, catalogue) !== undefined)
    if (!named) {
      const found = takeService(words, catalogue)
      return found.ok ? unknownService(first, catalogue) : found
    }
    const service = serviceNamed(named, catalogue) ?? '*'
    const { span, rest } = takeSpan(words.filter((word) => word !== named))
    if (span !== undefined && !isLockable(span)) {
      const value = writeDuration(span)
      return parseFailure({ code: 'bad_value', option: 'for', value, allowed: takes('for') })
    }
    const quoted = rest.filter((word) => word.quoted)
    const loose = rest.filter((word) => !word.quoted)
    const given = options.reason ?? quoted[0]?.text
    if (given !== undefined && loose[0]) return tooManyWords(loose[0])
    if (quoted.length > 1 && quoted[1]) return tooManyWords(quoted[1])
    const why = (given ?? loose.map((word) => word.raw).join(' ')).trim()
    if (why === '') return parsed({ name: 'form', form: 'lock', known: { service } })
    if (why.length > 300) {
      return badValue('reason', `${why.slice(0, 40)}…`, takes('reason'))
    }
    return parsed({ name: 'lock', service, why, ...defined({ duration: options.for ?? span }) })
  },
}
