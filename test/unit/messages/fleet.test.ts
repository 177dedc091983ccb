import { condition, fleetRows } from '../../../src/messages/fleet/fleet'
import { plain } from '../../../src/messages/text/render'
import { cell, fleet, start } from '../../support/web-deploy'

const voice = { language: 'en', timezone: 'Asia/Seoul', now: start } as const
const names = new Map([
  [1, 'v1'],
  [2, 'v2'],
])
const many = (count: number, version: number) =>
  Array.from({ length: count }, (_, index) => cell(`i-${version}-${index}`, version, 'healthy'))

test.each([
  ['InService', 'healthy', 'healthy'],
  ['InService', 'initial', 'starting'],
  ['InService', 'unhealthy', 'unhealthy'],
  ['InService', 'draining', 'leaving'],
  ['InService', 'unused', 'unused'],
  ['InService', 'unknown', 'unclear'],
  ['Pending:Wait', 'unknown', 'starting'],
  ['Terminating:Proceed', 'healthy', 'leaving'],
  ['Standby', 'healthy', 'standby'],
  ['EnteringStandby', 'draining', 'standby'],
  ['SomethingNew', 'healthy', 'unclear'],
])('an instance that is %s and %s is %s', (lifecycle, health, expected) => {
  expect(condition({ lifecycle, health })).toBe(expected)
})

test('a fleet is a row of signs for each version, said in words as well', () => {
  const cells = [cell('i-1', 1, 'healthy'), cell('i-2', 2, 'initial'), cell('i-3', 2, 'healthy')]
  expect(plain(fleetRows(fleet(cells), names, voice))).toBe('v1  ●  1 healthy\nv2  ●◐  1 healthy, 1 starting')
  expect(plain(fleetRows(fleet(cells), names, { ...voice, language: 'ko' }))).toBe(
    'v1  ●  정상 1대\nv2  ●◐  정상 1대, 시작 중 1대',
  )
})

test('a template version that nobody named goes by its number', () => {
  expect(plain(fleetRows(fleet([cell('i-1', 7, 'healthy')]), names, voice))).toBe('template 7  ●  1 healthy')
})

test('beyond thirty the signs stand in rows, beyond a hundred the counts stand alone', () => {
  expect(plain(fleetRows(fleet(many(70, 1)), names, voice))).toBe(
    `v1  70 healthy\n${'●'.repeat(30)}\n${'●'.repeat(30)}\n${'●'.repeat(10)}`,
  )
  expect(plain(fleetRows(fleet([...many(70, 1), ...many(40, 2)]), names, voice))).toBe(
    'v1  70 healthy\nv2  40 healthy',
  )
})

test('an empty group says so', () => {
  expect(plain(fleetRows(fleet([]), names, voice))).toBe('no instances')
})
