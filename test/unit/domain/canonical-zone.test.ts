import { canonicalZone } from '../../../src/domain/time/canonical-zone'
import { isCanonicalZone } from '../../../src/sandbox/aws/autoscaling/zone-links'

const offset = (timeZone: string, at: string): string | undefined =>
  new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(new Date(at))
    .find(({ type }) => type === 'timeZoneName')?.value

const quarters = ['2026-01-15T12:00Z', '2026-04-10T12:00Z', '2026-07-15T12:00Z', '2026-10-28T12:00Z']

test('AWS is given canonical names alone, whatever alias of a zone this machine knows', () => {
  const names = [...Intl.supportedValuesOf('timeZone'), 'UTC', 'US/Pacific', 'Asia/Calcutta', 'Europe/Kiev']
  for (const name of names) {
    const given = canonicalZone(name)
    expect({ name, given, canonical: isCanonicalZone(given) }).toEqual({ name, given, canonical: true })
    expect(quarters.map((at) => offset(given, at))).toEqual(quarters.map((at) => offset(name, at)))
  }
  expect(canonicalZone('US/Pacific')).toBe('America/Los_Angeles')
  expect(canonicalZone('UTC')).toBe('Etc/UTC')
  expect(isCanonicalZone('US/Pacific')).toBe(false)
})
