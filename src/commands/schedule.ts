import { defined } from '../domain/defined'
import { serviceNamed, unknownService, timeWords } from './arguments'
import { missingArgument, parseFailure } from './spec'
import { starting } from './starting'

export const schedule = starting({
  name: 'schedule',
  synonyms: { en: ['event', 'book'], ko: ['일정', '예약'] },
  usage:
    'schedule <service> <start> <duration|end> desired=<count> [min=<count>] [max=<count>] [--name "…"] [--every weekday|daily|<cron>] [--dry-run] [--reason "…"]',
  summary: {
    en: 'Schedules a scale-out for a live event, once or again and again; AWS itself carries it out.',
    ko: '라이브 이벤트를 위한 용량 확대를 한 번 또는 반복 일정으로 등록합니다. 실행은 AWS가 직접 합니다.',
  },
  examples: {
    en: [
      'schedule web tomorrow 8pm for 3h desired=4',
      'schedule web 2026-12-24T20:00 3h desired=10 max=12 --name "Christmas live"',
      'schedule web every weekday 19:30-23:00 desired=4',
    ],
    ko: ['일정 web 내일 오후 8시부터 11시까지 desired=4', 'web 일정 매주 금요일 20시 3시간 desired=4'],
  },
  options: ['desired', 'min', 'max', 'name', 'every'],
  parse({ words, options, catalogue }, start) {
    // Every word that is no service is part of the time: `to`, `at` and `on` too.
    const named = words.find((word) => serviceNamed(word, catalogue) !== undefined)
    const service = named && serviceNamed(named, catalogue)
    if (!named || service === undefined) {
      const [first] = words
      if (first) return unknownService(first, catalogue)
      return missingArgument('service', { form: 'schedule', known: {}, options })
    }
    const { desired, min, max, name, every } = options
    if (words.length === 1) return missingArgument('start', { form: 'schedule', known: { service }, options })
    if (desired === undefined) return parseFailure({ code: 'missing_argument', argument: 'desired' })
    return start({
      procedure: 'schedule',
      service,
      said: timeWords(words, named, every),
      desired,
      ...defined({ min, max, name }),
    })
  },
})
