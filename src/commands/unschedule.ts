import { essential, readOperation, serviceNamed, tooManyWords } from './arguments'
import { parseFailure } from './spec'
import { serviceOf } from '../domain/operation/id'
import { starting } from './starting'

export const unschedule = starting({
  name: 'unschedule',
  synonyms: { en: ['deschedule'], ko: ['일정취소', '예약취소'] },
  usage: 'unschedule <event> [--dry-run] [--reason "…"]',
  summary: {
    en: 'Takes a live event off the schedule, in its middle too. Actions that others made are never touched.',
    ko: '등록한 일정을 취소합니다. 진행 중인 일정도 취소할 수 있으며, 다른 사람이 만든 예약 작업은 건드리지 않습니다.',
  },
  examples: { en: ['unschedule web-k7f3q'], ko: ['일정 취소 web-k7f3q'] },
  parse({ words, catalogue }, start) {
    const [word, extra] = essential(words, catalogue).filter(
      (one, _at, all) => all.length === 1 || serviceNamed(one, catalogue) === undefined,
    )
    if (!word) return parseFailure({ code: 'missing_argument', argument: 'event' })
    const read = readOperation(word, catalogue)
    if (!read.ok) return read
    if (extra) return tooManyWords(extra)
    return start({ procedure: 'unschedule', service: serviceOf(read.id) ?? '', event: read.id })
  },
})
