import { beginning, nextLine } from '../../../src/domain/record/chain'
import type { Entry } from '../../../src/domain/record/entry'
import { type FakeDoor, startFakeDoor } from '../../support/fake-door'
import { runLine } from '../../support/command-line'

const day = 86_400_000
const entries = Array.from(
  { length: 30 },
  (_, at): Entry => ({ at: at * day, kind: 'operation', service: 'web', operation: `web-aaa${at + 10}` }),
)
const { lines, head } = entries.reduce<{ lines: readonly string[]; head: typeof beginning }>(
  ({ lines, head }, entry) => {
    const next = nextLine(head, entry)
    return { lines: [...lines, next.line], head: next.head }
  },
  { lines: [], head: beginning },
)
const keptHead = `${head.sequence}:${head.hash}`
const month = `${lines.join('\n')}\n`
const verifies = (text: string, ...options: readonly string[]) =>
  runLine(['audit', 'verify', 'november.jsonl', ...options], undefined, { files: { 'november.jsonl': text } })

test('a month as it was written holds', async () => {
  expect(await verifies(month, '--head', keptHead)).toMatchObject({
    code: 0,
    out: `Unaltered: 30 lines from number 1 on. The chain ends at ${keptHead}.\nIt agrees with the head that was given.\n`,
  })
})

test('one byte that was altered is found, and where', async () => {
  const altered = month.replace('web-aaa22', 'web-aaa23')
  const { code, err } = await verifies(altered)
  expect(code).toBe(1)
  expect(err).toContain('line 14 does not fit to the one before it: line 13 was altered')
})

test('the last line, and an end that was cut off, are found by a head that was kept elsewhere', async () => {
  const altered = month.replace('web-aaa39', 'web-aaa38')
  expect((await verifies(altered)).code).toBe(0)
  expect((await verifies(altered)).err).toContain('--head')
  expect(await verifies(altered, '--head', keptHead)).toMatchObject({ code: 1 })
  expect(await verifies(lines.slice(0, 20).join('\n'), '--head', keptHead)).toMatchObject({ code: 1 })
  const early = nextLine(beginning, entries[0] as Entry).head
  expect(await verifies(month, '--head', `1:${early.hash}`)).toMatchObject({ code: 0 })
})

test.each([
  ['a table', 'sequence,at\n1,2026\n', 2],
  ['nothing', '', 2],
  ['a line of a later version', '{"schema":"rollcall.audit/2","sequence":1,"previous":""}\n', 2],
  ['a line that is cut', month.replace(/.{20}\n$/, '\n'), 1],
])('%s is met with what is wrong', async (_, text, code) => {
  expect((await verifies(text)).code).toBe(code)
})

test('a file that is not there is wrong use', async () => {
  expect(await runLine(['audit', 'verify', 'none.jsonl'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('none.jsonl'),
  })
})

describe('an export', () => {
  let door: FakeDoor
  afterEach(() => door.close())
  const opens = async () => {
    // The door gives the newest page first.
    door = await startFakeDoor(({ path }) => {
      const before = Number(new URL(path, 'http://door').searchParams.get('before') ?? 31)
      const part = lines.slice(Math.max(0, before - 11), before - 1)
      return { status: 200, body: { lines: part, head, ...(before > 11 && { before: before - 10 }) } }
    })
    return door
  }

  it('is the record byte by byte, whole, and is verified', async () => {
    const { url, heard } = await opens()
    const { code, out, err } = await runLine(
      ['audit', 'export', '--since', '30d', '--until', '2026-11-01'],
      url,
    )
    expect(code).toBe(0)
    expect(out).toBe(month)
    expect(err).toContain(keptHead)
    expect(heard[0]?.path).toBe(
      '/v1/audit?limit=1000&since=2026-10-30T10%3A00%3A00.000Z&until=2026-11-01T00%3A00%3A00.000Z',
    )
    expect(heard).toHaveLength(3)
    expect((await verifies(out, '--head', keptHead)).code).toBe(0)
  })

  it('is a table for people with --csv', async () => {
    const { url } = await opens()
    const { out } = await runLine(['audit', 'export', '--csv'], url)
    expect(out.split('\r\n')).toHaveLength(32)
    expect(out).toContain('30,1970-01-30T00:00:00.000Z,operation,web,web-aaa39')
  })
})
