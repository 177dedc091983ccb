import { beginning, nextLine } from '../../../src/domain/record/chain'
import { momentOf } from '../../../src/domain/record/range'
import { recordMessage } from '../../../src/messages/queries/record'
import { faultsOf } from '../../support/block-kit'

const now = Date.parse('2026-11-29T10:00:00Z')
const reader = { language: 'en', timezone: 'Asia/Seoul', now } as const
const linesOf = (count: number, reason: string): readonly string[] => {
  let head = beginning
  return Array.from({ length: count }, (_, at) => {
    const operation = `web-aaa${10 + at}`
    const next = nextLine(head, { at: now + at, kind: 'operation', service: 'web', operation, reason })
    head = next.head
    return next.line
  })
}
const shown = (as: 'csv' | 'json', lines: readonly string[], language: 'en' | 'ko' = 'en') =>
  recordMessage({ ...reader, language, as, lines, whole: true, said: { since: '30d' } })

test.each(['csv', 'json'] as const)('as %s it keeps what a block may hold, and shows the newest', (as) => {
  const message = shown(as, linesOf(80, `=1+1 <!channel> ${'가'.repeat(40)}`))
  expect(faultsOf(message)).toEqual([])
  const text = JSON.stringify(message.blocks)
  expect(text).toContain('web-aaa89')
  expect(text).not.toContain('web-aaa10')
  expect(message.text).toMatch(/The newest \d+ of 80 lines/)
  expect(message.text).toContain(`rollcall audit export --since 30d${as === 'csv' ? ' --csv' : ''}`)
})

test('a table has its head once, and no cell that calculates', () => {
  const text = JSON.stringify(shown('csv', linesOf(3, '=1+1')).blocks)
  expect(text.split('sequence,at,kind')).toHaveLength(2)
  expect(text).toContain(`,\\"'=1+1\\",`)
})

test('a line that is longer than a message is shown as far as it goes', () => {
  const message = shown('json', linesOf(3, 'x'.repeat(5_000)))
  expect(faultsOf(message)).toEqual([])
  expect(message.text).toContain('The newest of 3 lines, cut')
  expect(JSON.stringify(message.blocks)).toContain('web-aaa12')
})

test('nothing, and a part, are said to be so', () => {
  expect(shown('csv', [], 'ko').text).toContain('이 기간의 기록이 없습니다.')
  const part = recordMessage({ ...reader, as: 'json', lines: linesOf(2, 'x'), whole: false, said: {} })
  expect(JSON.stringify(part.blocks)).toContain('cannot be verified')
})

test('a day begins where who reads is', () => {
  expect(momentOf('2026-11-01', reader)).toBe(Date.parse('2026-10-31T15:00:00Z'))
  expect(momentOf('30d', reader)).toBe(now - 30 * 86_400_000)
})
