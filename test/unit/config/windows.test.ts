import { readCatalogue } from '../../../src/config/catalogue'
import { writeMistakes } from '../../../src/config/mistake'

const file = (windows: string) => `
defaults: { region: ap-northeast-2, timezone: Asia/Seoul, channel: ops }
services:
  web: { group: Web-ASG }
  shop: { group: Shop-ASG }
people:
  operators: { users: [U0ALICE] }
  approvers: { users: [U0BOB] }
rules:
  - { service: "*", action: [deploy], allow: operators }
${windows}`
const mistakesIn = (windows: string) => {
  const read = readCatalogue(file(windows), 'rollcall.yaml')
  return read.ok ? 'none' : writeMistakes(read.mistakes)
}
const one = (window: string) =>
  mistakesIn(`windows:\n  - { name: a, deny: true, services: ["*"], ${window} }`)

test('windows and who may override them are read, in the zone of the file where they name none', () => {
  const read = readCatalogue(
    file(`
windows:
  - { name: weekend, deny: true, cron: "0 16 * * 5", for: 2d16h, timezone: Europe/London, services: ["*"], except: shop, why: nobody on duty }
  - { name: year end, deny: true, from: 2026-12-21, until: 2027-01-03, services: [web, shop] }
override: { by: approvers, reason: required }
`),
    'rollcall.yaml',
  )
  if (!read.ok) throw new Error(writeMistakes(read.mistakes))
  expect(read.value.windows).toEqual([
    {
      name: 'weekend',
      services: ['*'],
      except: ['shop'],
      why: 'nobody on duty',
      timezone: 'Europe/London',
      times: { kind: 'recurring', cron: '0 16 * * 5', lasts: { days: 2, rest: 16 * 3_600_000 } },
    },
    {
      name: 'year end',
      services: ['web', 'shop'],
      except: [],
      timezone: 'Asia/Seoul',
      times: {
        kind: 'once',
        from: Date.parse('2026-12-20T15:00:00Z'),
        until: Date.parse('2027-01-03T15:00:00Z'),
      },
    },
  ])
  expect(read.value.override).toEqual({ by: 'approvers', count: 1, expires: 3_600_000 })
})

test('mistakes are named with their line', () => {
  const at = 'rollcall.yaml:12:5 windows[0]'
  expect([
    one('from: 2026-12-21'),
    one('cron: "0 16 * * 5"'),
    one('cron: "0 16 * * 5", for: 64h, from: 2026-12-21, until: 2027-01-03'),
    one('why: holidays'),
    one('cron: "0 16 1 * 5", for: 64h'),
    one('cron: "H 16 * * 5", for: 64h'),
    one('cron: "0 16 * * 5", for: 64'),
    one('from: 2026-12-21, until: 2026-12-20'),
    one('from: tomorrow, until: 2026-12-20'),
    one('from: 2026-12-21, until: 2027-01-03, except: [wbe]'),
    one('from: 2026-12-21, until: 2027-01-03, timezone: Seoul'),
  ]).toEqual([
    expect.stringContaining('rollcall.yaml:12:51 windows[0].from: says from when on, but not until when'),
    expect.stringContaining('windows[0].cron: says from when on, but not for how long'),
    `${at}: says both when it is and how it recurs. Allowed: from and until, cron and for, or calendar`,
    `${at}: does not say when it is. Allowed: from and until, cron and for, or calendar`,
    expect.stringContaining('of which cron takes either; write two windows'),
    expect.stringContaining(
      'windows[0].cron: "H 16 * * 5" will not do. Allowed: five fields of cron in quotes',
    ),
    expect.stringContaining('windows[0].for: "64" will not do. Allowed: a time from 1m to 60d with its unit'),
    expect.stringContaining('windows[0].until: is not after from'),
    expect.stringContaining('windows[0].from: "tomorrow" will not do. Allowed: a date'),
    expect.stringContaining('windows[0].except: there is no service "wbe" (did you mean "web"?)'),
    expect.stringContaining('windows[0].timezone: "Seoul" will not do'),
  ])
  expect(
    mistakesIn('windows:\n  - { name: a, deny: false, services: web, from: 2026-12-21, until: 2027-01-03 }'),
  ).toContain('windows[0].deny: "false" will not do. Allowed: true')
  expect(mistakesIn('override: { by: aprovers, count: 1 }')).toContain(
    'override.by: there is no group of people "aprovers" (did you mean "approvers"?)',
  )
  expect(mistakesIn('override: { by: approvers, second: approvers }')).toContain(
    'override.second: "approvers" is the first group already. Allowed: operators',
  )
  expect(mistakesIn('override: { by: approvers, count: 2 }')).toContain(
    'override.count: 2 of "approvers" can never agree: it has 1',
  )
})
