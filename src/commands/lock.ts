import { defined } from '../domain/defined'
import { isAll, serviceNamed, takeService, tooMany, unknownService } from './arguments'
import { takes } from './options'
import { isLockable, takeSpan } from './span'
import { writeDuration } from '../domain/duration'
import { misunderstood, understood, type Spec } from './shape'
import type { Command } from '../domain/command'

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
  least: 1,
  changes: true,
  needs: ({ service }) => ({ action: 'lock', service }),
  parse({ words, options, catalogue }) {
    const [first] = words
    if (!first) return understood({ name: 'form', form: 'lock', known: {} })
    const named = isAll(first) ? first : words.find((word) => serviceNamed(word, catalogue) !== undefined)
    if (!named) {
      const taken = takeService(words, catalogue)
      return taken.ok ? unknownService(first, catalogue) : taken
    }
    const service = serviceNamed(named, catalogue) ?? '*'
    const { span, rest } = takeSpan(words.filter((word) => word !== named))
    if (span !== undefined && !isLockable(span)) {
      const value = writeDuration(span)
      return misunderstood({ code: 'bad_value', option: 'for', value, allowed: takes('for') })
    }
    const quoted = rest.filter((word) => word.quoted)
    const loose = rest.filter((word) => !word.quoted)
    const said = options.reason ?? quoted[0]?.text
    if (said !== undefined && loose[0]) return tooMany(loose[0])
    if (quoted.length > 1 && quoted[1]) return tooMany(quoted[1])
    const why = (said ?? loose.map((word) => word.raw).join(' ')).trim()
    if (why === '') return understood({ name: 'form', form: 'lock', known: { service } })
    if (why.length > 300) {
      return misunderstood({
        code: 'bad_value',
        option: 'reason',
        value: `${why.slice(0, 40)}…`,
        allowed: takes('reason'),
      })
    }
    return understood({ name: 'lock', service, why, ...defined({ duration: options.for ?? span }) })
  },
}
