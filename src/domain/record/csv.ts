/** The columns, in order; fields are added at the end, and none is renamed or taken away. */
const columns = [
  'sequence',
  'at',
  'kind',
  'service',
  'operation',
  'by',
  'action',
  'version',
  'before',
  'reason',
  'approved by',
  'ending',
  'code',
  'left',
  'created at',
  'started at',
] as const

/** So that Excel takes the text for UTF-8 (Korean would not survive otherwise). */
const byteOrderMark = '\uFEFF'

/**
 * A cell as RFC 4180 wants it. One that begins as a formula does gets an apostrophe in front (OWASP, "CSV Injection"):
 * reasons are written by people and opened by others.
 */
const cell = (value: unknown): string => {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Lines of the record as a table for people. The lines themselves are the evidence, this is not. */
export const recordCsv = (lines: readonly string[]): string =>
  `${byteOrderMark}${[columns.map(cell), ...lines.map(rowOf)].map((cells) => `${cells.join(',')}\r\n`).join('')}`

const rowOf = (line: string): readonly string[] => {
  const entry = asObject(JSON.parse(line))
  const request = asObject(entry['request'])
  const plan = asObject(entry['plan'])
  const said = Array.isArray(entry['said']) ? entry['said'].map(asObject) : []
  const left = Array.isArray(entry['left']) ? entry['left'].map(asObject) : []
  const values: Readonly<Record<(typeof columns)[number], unknown>> = {
    sequence: entry['sequence'],
    at: entry['at'],
    kind: entry['kind'],
    service: entry['service'],
    operation: entry['operation'],
    by: asObject(entry['by'])['user'],
    action: request['procedure'],
    version: plan['version'] ?? request['version'],
    before: plan['before'],
    reason: entry['reason'],
    'approved by': said
      .filter(({ kind }) => kind === 'approve')
      .map(({ by }) => String(by))
      .join(' '),
    ending: entry['ending'],
    code: entry['code'],
    left: left.map(({ code }) => String(code)).join(' '),
    'created at': entry['createdAt'],
    'started at': entry['startedAt'],
  }
  return columns.map((column) => cell(values[column]))
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
