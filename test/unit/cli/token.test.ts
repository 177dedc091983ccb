import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { expiryOf, newToken } from '../../../src/cli/token'
import { runLine } from '../../support/command-line'

const today = new Date('2026-11-29T10:00:00Z')

test('a token has a prefix that scanners know, 32 random bytes and a sum', () => {
  const { token, sha256 } = newToken((count) => new Uint8Array(count).fill(200), '2027-01-01')
  const [, body = '', sum = ''] =
    /^(rc_[1-9A-HJ-NP-Za-km-z]{8,9}_[1-9A-HJ-NP-Za-km-z]{43,44})_([0-9a-f]{8})$/.exec(token) ?? []
  expect(sum).toBe(crc32(body).toString(16).padStart(8, '0'))
  expect(sha256).toBe(createHash('sha256').update(token).digest('hex'))
})

test('bytes of zero are signs of their own', () => {
  const zeros = newToken((count) => new Uint8Array(count), '2027-01-01').token
  const one = newToken(
    (count) => Uint8Array.from({ length: count }, (_, at) => (at === count - 1 ? 1 : 0)),
    '2027-01-01',
  )
  expect(zeros).toMatch(/^rc_1{6}_1{32}_/)
  expect(one.token).toMatch(/^rc_1{5}2_1{31}2_/)
})

test.each([
  [undefined, '2027-11-29'],
  ['90d', '2027-02-27'],
  ['2027-06-01', '2027-06-01'],
  ['2026-11-29', undefined],
  ['2020-01-01', undefined],
  ['400d', undefined],
  ['2028-01-01', undefined],
  ['2027-02-31x', undefined],
])('an expiry of %s is %s', (given, expected) => {
  expect(expiryOf(given, today)).toBe(expected)
})

test('it is shown once, with the line of the catalogue that lets it in', async () => {
  const { code, out } = await runLine(['token', 'create', 'nightly', '--expires', '30d'])
  const token = /^rc_\S+$/m.exec(out)?.[0] ?? ''
  const sha256 = createHash('sha256').update(token).digest('hex')
  expect(code).toBe(0)
  expect(out).toContain(`  nightly: { token: { sha256: "${sha256}", expires: 2026-12-29 } }\n`)
  expect(out.split(token)).toHaveLength(2)
})
