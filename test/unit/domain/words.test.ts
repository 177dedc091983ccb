import * as fc from 'fast-check'
import { parseDuration, writeDuration } from '../../../src/domain/time/duration'
import { distance, nearest } from '../../../src/domain/interaction/nearest'
import { versionProblem } from '../../../src/domain/images/image-names'
import { hour, minute, second } from '../../../src/domain/time/time'
import { services } from '../commands/catalogue'
import { isOperationId, serviceOf } from '../../../src/domain/operation/id'

describe('a span of time', () => {
  test.each([
    ['60s', minute],
    ['20m', 20 * minute],
    ['2h', 2 * hour],
    ['1d', 24 * hour],
    ['1h30m', 90 * minute],
    ['1 h 30 min', 90 * minute],
    ['90 minutes', 90 * minute],
    ['1.5h', 90 * minute],
    ['2시간', 2 * hour],
    ['2시간 30분', 150 * minute],
    [' 5S ', 5 * second],
    ['0s', 0],
  ])('%j is read', (text, span) => expect(parseDuration(text)).toBe(span))

  test.each(['', '2', 'h', '2x', '-2h', '2h2h', '30m1h', '2h later', 'about 2h', '1e3s', '2,5h', '∞'])(
    '%j is none',
    (text) => expect(parseDuration(text)).toBeUndefined(),
  )

  test('is read as it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 * 86_400 }), (seconds) => {
        expect(parseDuration(writeDuration(seconds * second))).toBe(seconds * second)
      }),
    )
  })
})

describe('the nearest word', () => {
  const known = ['deploy', 'rollback', 'roll', 'lock', 'unlock', 'web', 'payments-api', '배포', '상태']

  test.each([
    ['delpoy', 'deploy'],
    ['depoy', 'deploy'],
    ['DEPLOI', 'deploy'],
    ['wbe', 'web'],
    ['payments', 'payments-api'],
    ['unlokc', 'unlock'],
    ['배퍼', '배포'],
    ['deploymentation', undefined],
    ['xyz', undefined],
    ['w', undefined],
    ['', undefined],
    ['ro', undefined],
    ['wxyz', undefined],
    ['상품', undefined],
  ])('to %j is %j', (typed, meant) => expect(nearest(typed, known)).toBe(meant))

  test('is as far one way as the other, and no farther than the longer word is long', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '가', '👍'), maxLength: 8 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a))
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
        expect(distance(a, b) === 0).toBe(a === b)
      }),
    )
  })

  test.each([
    ['abcd', 'acbd', 1],
    ['abc', 'ab', 1],
    ['abc', 'xbc', 1],
    ['kitten', 'sitting', 3],
  ])('%s and %s are %d apart', (a, b, apart) => expect(distance(a, b)).toBe(apart))
})

test('an operation’s id says its service', () => {
  expect(serviceOf('payments-api-k7f3q')).toBe('payments-api')
  expect(['web-k7f3q', 'web-12345'].every(isOperationId)).toBe(true)
  expect(['web', 'web-k7f3', 'web-k7f3qq', 'Web-k7f3q', '-k7f3q', 'web k7f3q'].some(isOperationId)).toBe(
    false,
  )
})

test.each([
  ['v2', true],
  ['2026.12.24-1', true],
  ['a'.repeat(64), true],
  ['a'.repeat(65), false],
  ['', false],
  ['-v2', false],
  ['v 2', false],
  ['v2/../v1', false],
  ['v2+hotfix', false],
  ['브이2', false],
])('a version of web may be %j: %s', (version, ok) => {
  expect(versionProblem(services.services.get('web'), version) === undefined).toBe(ok)
})

test('a version with a plus is fine where no image is named after it', () => {
  expect(versionProblem(services.services.get('payments-api'), 'v2+hotfix')).toBeUndefined()
})
