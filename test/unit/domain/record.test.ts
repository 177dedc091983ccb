import { assert, constantFrom, integer, nat, property, string } from 'fast-check'
import { beginning, type Head, nextLine, verify } from '../../../src/domain/record/chain'
import { recordCsv } from '../../../src/domain/record/csv'
import {
  endedEntry,
  type Entry,
  lockedEntry,
  saidEntry,
  unlockedEntry,
} from '../../../src/domain/record/entry'
import type { Operation } from '../../../src/domain/operation/operation'
import { alice, bob, newOperation, newSignal } from '../../support/operations'

const day = 86_400_000
const start = Date.parse('2026-11-01T00:00:00Z')

const ended = (id: string, at: number, why = 'release'): Entry => {
  const operation: Operation = {
    ...newOperation(id),
    why,
    createdAt: at - 60_000,
    phase: 'finishing',
    steps: [{ key: 'image', order: 1, state: 'done', startedAt: at - 50_000, endedAt: at - 40_000 }],
    signals: [{ ...newSignal('s', 'approve'), at: at - 55_000, fingerprint: 'abc' }],
    notes: [],
    fence: 1,
    revision: 9,
  }
  return endedEntry(operation, { kind: 'succeeded', at, left: [] })
}

/** A month: a deploy a day, approved, with a lock each week. */
const month = (): readonly string[] => {
  let head: Head = beginning
  const lines: string[] = []
  const append = (entry: Entry) => {
    const next = nextLine(head, entry)
    head = next.head
    lines.push(next.line)
  }
  for (let at = 0; at < 30; at++) {
    const now = start + at * day
    const lock = { kind: 'lock', service: 'web', why: '장애 대응', by: alice, since: now } as const
    append(saidEntry('web-aaaaa', { ...newSignal('s', 'approve'), at: now }))
    append(ended('web-aaaaa', now + 60_000))
    if (at % 7 === 0) append(lockedEntry(lock))
    if (at % 7 === 1) append(unlockedEntry(lock, bob, now))
  }
  return lines
}

describe('the chain', () => {
  it('holds for a month as it was written, and for any part of it without a gap', () => {
    const lines = month()
    expect(verify(lines)).toMatchObject({ ok: true, lines: lines.length, first: 1 })
    expect(verify(lines.slice(20, 40))).toMatchObject({ ok: true, lines: 20, first: 21 })
    expect(verify([])).toMatchObject({ ok: true, lines: 0 })
  })

  it('finds one byte that was altered, wherever it stands before the last line', () => {
    const lines = month()
    assert(
      property(nat(lines.length - 2), nat(), integer({ min: 1, max: 255 }), (at, where, by) => {
        const bytes = Buffer.from(lines[at] ?? '')
        const index = where % bytes.length
        bytes[index] = (bytes[index] ?? 0) ^ by
        // A byte that is no text any more is read as another sign: it differs all the same.
        const altered = lines.with(at, bytes.toString('utf8'))
        const verified = verify(altered)
        expect(verified.ok).toBe(false)
        expect(verified.ok ? 0 : verified.line).toBeGreaterThanOrEqual(at + 1)
        expect(verified.ok ? 0 : verified.line).toBeLessThanOrEqual(at + 2)
      }),
    )
  })

  it('finds a line that is missing, doubled, moved or put in', () => {
    const lines = month()
    const other = lines.toSpliced(5, 1)
    expect(verify(other)).toMatchObject({ ok: false, line: 6, problem: 'out of order' })
    expect(verify(lines.toSpliced(5, 0, lines[5] ?? ''))).toMatchObject({ ok: false, line: 7 })
    expect(
      verify([...lines.slice(0, 5), ...lines.slice(5, 7).toReversed(), ...lines.slice(7)]),
    ).toMatchObject({
      ok: false,
      line: 6,
    })
    expect(verify(lines.with(9, 'nonsense'))).toMatchObject({ ok: false, line: 10, problem: 'not a line' })
  })

  it('tells the head, by which the last line is proved', () => {
    const lines = month()
    const whole = verify(lines)
    const last = lines.at(-1) ?? ''
    const altered = verify([...lines.slice(0, -1), last.replace('web', 'wob')])
    expect(whole.ok && altered.ok && whole.head.hash !== altered.head.hash).toBe(true)
  })
})

describe('a line', () => {
  it('says who asked, who agreed, what was done and how it came out', () => {
    const line: unknown = JSON.parse(nextLine(beginning, ended('web-aaaaa', start)).line)
    expect(line).toMatchObject({
      schema: 'rollcall.audit/1',
      sequence: 1,
      previous: '',
      at: '2026-11-01T00:00:00.000Z',
      kind: 'operation',
      service: 'web',
      operation: 'web-aaaaa',
      by: alice,
      request: { procedure: 'deploy', version: 'v2' },
      reason: 'release',
      said: [{ kind: 'approve', by: 'U0BOB', fingerprint: 'abc' }],
      steps: [{ key: 'image', state: 'done' }],
      ending: 'succeeded',
    })
  })
})

describe('the table', () => {
  it('calculates nothing, whatever people wrote', () => {
    const { line } = nextLine(beginning, ended('web-aaaaa', start, '=HYPERLINK("http://x","y"),\n@now'))
    const csv = recordCsv([line])
    expect(csv.startsWith('\uFEFFsequence,at,kind')).toBe(true)
    expect(csv).toContain(`,"'=HYPERLINK(""http://x"",""y""),\n@now",U0BOB,succeeded,`)
  })

  it('has no cell that begins as a formula does', () => {
    assert(
      property(string({ maxLength: 20 }), constantFrom('=', '+', '-', '@', '\t', '\r'), (text, sign) => {
        const { line } = nextLine(beginning, ended('web-aaaaa', start, sign + text))
        expect(recordCsv([line])).toContain(`"'${sign}${text.replaceAll('"', '""')}"`)
      }),
    )
  })
})
