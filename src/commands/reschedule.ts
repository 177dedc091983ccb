import { defined } from '../domain/defined'
import { readOperation, stem, timeWords } from './arguments'
import { parseFailure } from './spec'
import { isOperationId, serviceOf } from '../domain/operation/id'
import { starting } from './starting'

export const reschedule = starting({
  name: 'reschedule',
  synonyms: { en: ['postpone', 'change-event', 'move-event'], ko: ['일정변경', '예약변경'] },
  usage:
    'reschedule <event> [<start> <duration|end>] [desired=<count>] [min=<count>] [max=<count>] [--name "…"] [--every weekday|daily|<cron>] [--dry-run] [--reason "…"]',
  summary: {
    en: 'Changes a live event, in its middle too. Without a change it puts the event’s scheduled actions right again.',
    ko: '등록한 일정을 변경합니다. 진행 중인 일정도 변경할 수 있으며, 변경 내용이 없으면 예약 작업을 원래대로 복구합니다.',
  },
  examples: {
    en: [
      'reschedule web-k7f3q tomorrow 9pm for 3h',
      'reschedule web-k7f3q until 23:30',
      'reschedule web-k7f3q desired=12',
    ],
    ko: ['일정 변경 web-k7f3q 내일 오후 9시부터 11시까지', '일정 변경 web-k7f3q desired=12'],
  },
  options: ['desired', 'min', 'max', 'name', 'every'],
  parse({ words, options, catalogue }, start) {
    // Every word that is no event is part of the time.
    const named = words.find((word) => isOperationId(stem(word).toLowerCase())) ?? words[0]
    if (!named) return parseFailure({ code: 'missing_argument', argument: 'event' })
    const read = readOperation(named, catalogue)
    if (!read.ok) return read
    const { desired, min, max, name, every } = options
    const said = timeWords(words, named, every)
    return start({
      procedure: 'reschedule',
      service: serviceOf(read.id) ?? '',
      event: read.id,
      ...(said !== '' && { said }),
      ...defined({ desired, min, max, name }),
    })
  },
})
