import { defined } from '../domain/defined'
import { serviceNamed, unknownService } from './arguments'
import { missingArgument, parseFailure, parsed, type Spec, type Starting } from './spec'

export const schedule: Spec<Starting> = {
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
  options: ['desired', 'min', 'max', 'name', 'every', 'dry-run', 'reason'],
  minWords: 1,
  changes: true,
  starts: 'schedule',
  needs: ({ request }) => ({ action: 'schedule', service: request.service }),
  parse({ words, options, catalogue }) {
    // Every word that is no service is part of the time: `to`, `at` and `on` too.
    const named = words.find((word) => serviceNamed(word, catalogue) !== undefined)
    const service = named && serviceNamed(named, catalogue)
    if (service === undefined) {
      const [first] = words
      if (first) return unknownService(first, catalogue)
      return missingArgument('service', { form: 'schedule', known: {}, options })
    }
    const { desired, min, max, name, every } = options
    const time = words.filter((word) => word !== named).map((word) => word.text)
    const phrase = [...(every === undefined ? [] : [every]), ...time].join(' ')
    if (time.length === 0) return missingArgument('start', { form: 'schedule', known: { service }, options })
    if (desired === undefined) return parseFailure({ code: 'missing_argument', argument: 'desired' })
    return parsed({
      name: 'schedule',
      request: { procedure: 'schedule', service, said: phrase, desired, ...defined({ min, max, name }) },
      ...defined({ why: options.reason }),
      dryRun: options['dry-run'] ?? false,
    })
  },
}
