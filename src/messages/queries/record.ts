import { recordCsv } from '../../domain/record/csv'
import type { SaidRange } from '../../domain/record/range'
import type { Message } from '../../ports/chat'
import { context, header, section } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { preformatted } from '../events/monitor/chart'
import { cut } from '../text/cut'
import { code, lines, say, words } from '../text/phrase'
import { plain } from '../text/render'

export interface RecordFacts extends Locale {
  readonly as: 'csv' | 'json'
  /** Of the record, the oldest first. */
  readonly lines: readonly string[]
  /** Whether these are all of its lines of the time, so that they prove themselves. */
  readonly whole: boolean
  readonly service?: string
  /** The time that was asked for. */
  readonly said: SaidRange
}

const text = bilingual({
  en: {
    title: (service: string | undefined) => (service === undefined ? 'Record' : `Record of ${service}`),
    none: 'The record has nothing of that time.',
    shown: (shown: number, all: number) =>
      shown === all ? `All ${all} lines.` : `The newest ${shown} of ${all} lines: a message holds no more.`,
    begun: (all: number) => `The newest of ${all} lines, cut: a message holds no more.`,
    part: 'Only lines of services that you may see: their chain cannot be verified.',
    file: (line: string) => say`All of it as a file, which verifies: ${code(line)}`,
  },
  ko: {
    title: (service: string | undefined) => (service === undefined ? '감사 기록' : `${service} 감사 기록`),
    none: '이 기간의 기록이 없습니다.',
    shown: (shown: number, all: number) =>
      shown === all
        ? `전체 ${all}줄입니다.`
        : `전체 ${all}줄 중 최근 ${shown}줄입니다. 메시지에는 더 담을 수 없습니다.`,
    begun: (all: number) =>
      `전체 ${all}줄 중 가장 최근 한 줄의 앞부분입니다. 메시지에는 더 담을 수 없습니다.`,
    part: '조회 권한이 있는 서비스의 기록만 포함되어 체인을 검증할 수 없습니다.',
    file: (line: string) => say`검증할 수 있는 전체 파일: ${code(line)}`,
  },
})

/** As much as one block shows. */
const most = 2_900

/** The rows that fit, the newest of them, in their order; a table keeps its head. */
const fitting = (rows: readonly string[], head: string): readonly string[] => {
  let left = most - head.length
  const from = rows.findLastIndex((row) => {
    left -= row.length + 1
    return left < 0
  })
  return rows.slice(from + 1)
}

/** The record in a message, to be copied; and how the whole of it is had. */
export function recordMessage(facts: RecordFacts): Message {
  const { as, service, said, whole: provable } = facts
  const copy = text[facts.language]
  const title = words(copy.title(service))
  if (facts.lines.length === 0)
    return message(lines(title, words(copy.none)), [header(title), section(words(copy.none))])
  // Each line by itself: a cell may hold line breaks, and rows are cut whole.
  const table = facts.lines.map((line) =>
    recordCsv([line])
      .replace(/^\uFEFF/, '')
      .split('\r\n'),
  )
  const head = as === 'csv' ? `${table[0]?.[0] ?? ''}\n` : ''
  const rows = as === 'csv' ? table.map(([, ...row]) => row.join('\n').trimEnd()) : facts.lines
  const whole = fitting(rows, head)
  // A line of a long operation may be longer than a message by itself.
  const isCut = whole.length === 0
  const shown = isCut ? [cut(rows.at(-1) ?? '', most - head.length)] : whole
  const count = words(isCut ? copy.begun(rows.length) : copy.shown(shown.length, rows.length))
  const options = [
    ...(said.since === undefined ? [] : [`--since ${said.since}`]),
    ...(said.until === undefined ? [] : [`--until ${said.until}`]),
    ...(as === 'csv' ? ['--csv'] : []),
  ]
  const file = copy.file(['rollcall audit export', ...options].join(' '))
  return message(lines(title, count, file), [
    header(title),
    preformatted(plain(words(head + shown.join('\n')), { limit: limitOf(head) })),
    context(count, ...(provable ? [] : [words(copy.part)]), file),
  ])
}

const limitOf = (head: string): number => most + head.length
