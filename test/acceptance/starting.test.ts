import { disguised } from '../support/disguised-redis'
import { startRedis } from '../support/redis'
import { type ByHand, startByHand } from '../support/acceptance/by-hand'

let started: ByHand | undefined

afterEach(() => started?.stop())

/** Starts the program; gives what it said when it ended, and its exit code. */
const startsWith = async (
  variables: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
) => {
  started = await startByHand(files, variables)
  const code = await started.ended()
  return { code, lines: started.said().trimEnd().split('\n') }
}

/** An environment in which nothing is wrong; that nobody answers there does not matter. */
const sound = {
  SLACK_BOT_TOKEN: 'xoxb-1-a',
  SLACK_APP_TOKEN: 'xapp-1-a',
  REDIS_URL: 'redis://127.0.0.1:1',
  PORT: '0',
}
const catalogue = `defaults: { region: ap-northeast-2, channel: ops }
services:
  web:
    group: Web-ASG
    stratgy: surge
    gate: { bake: 60 }
people:
  operators: { users: [U0ALICE] }
rules:
  - { service: wep, action: deploy, allow: operators }
`

it('a wrong environment stops the start: every variable, what is wrong with it, what is allowed', async () => {
  const secret = 'not-a-token-but-a-secret'
  const { code, lines } = await startsWith({ ROLE: 'boss', PORT: 'http', SLACK_BOT_TOKEN: secret })
  expect(code).toBe(1)
  expect(lines[0]).toBe('Rollcall cannot start:')
  expect(lines.slice(1).toSorted()).toEqual([
    'PORT: is not a port. Allowed: 0 to 65535 (default 3000; 0 for any free one)',
    'REDIS_URL: is missing. Allowed: redis://[[user]:password@]host[:port][/number], redis+sentinel://[[user]:password@]host[:port],host[:port]/<name>[/number], or rediss for TLS',
    'ROLE: "boss" is not known. Allowed: gateway, worker, all (default all)',
    "SLACK_BOT_TOKEN: does not look like one (the value is not shown). Allowed: the app's bot token, xoxb-…",
  ])
  expect(lines.join('\n')).not.toContain(secret)
})

it('a gateway without a way to Slack says which of the two it wants', async () => {
  const { SLACK_APP_TOKEN: _, ...without } = sound
  const { code, lines } = await startsWith(without, { 'rollcall.yaml': catalogue })
  expect(code).toBe(1)
  expect(lines[1]).toMatch(
    /^SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: are both missing: one is needed\. Allowed/,
  )
})

it('a wrong catalogue stops the start: each place, what is wrong there, what is allowed', async () => {
  const { code, lines } = await startsWith(sound, { 'rollcall.yaml': catalogue })
  expect(code).toBe(1)
  expect(lines).toEqual([
    'Rollcall cannot start:',
    expect.stringMatching(
      /^\.\/rollcall\.yaml:5:5 services\.web\.stratgy: "stratgy" is not known \(did you mean "strategy"\?\)\. Allowed: region, /,
    ),
    './rollcall.yaml:6:19 services.web.gate.bake: "60" will not do. Allowed: a time with its unit: 60s, 20m, 2h, 1h30m, 1d',
  ])
})

it('a catalogue that is sound in form, but names what is not there, stops it too', async () => {
  const mended = catalogue.replace('    stratgy: surge\n    gate: { bake: 60 }\n', '')
  const { code, lines } = await startsWith(sound, { 'rollcall.yaml': mended })
  expect(code).toBe(1)
  expect(lines[1]).toMatch(/^\.\/rollcall\.yaml:8:\d+ rules\[0\]\.service.*wep.*Allowed: .*web/)
})

it('a catalogue that is not there is told with its path and where one is to begin with', async () => {
  const { code, lines } = await startsWith({ ...sound, ROLLCALL_CONFIG: 'config/none.yaml' })
  expect(code).toBe(1)
  expect(lines[1]).toBe(
    'config/none.yaml: cannot be read (ENOENT). Allowed: a readable file; deploy/rollcall.example.yaml is one to begin with',
  )
})

it('a Redis that is too old stops it: which it is, and which would do', async () => {
  const redis = await startRedis()
  const old = await disguised(redis.port, '6.2.14')
  const sane = catalogue
    .replace('    stratgy: surge\n    gate: { bake: 60 }\n', '')
    .replace('service: wep', 'service: web')
  const { code, lines } = await startsWith({ ...sound, REDIS_URL: old.url }, { 'rollcall.yaml': sane })
  old.close()
  await redis.stop()
  expect(code).toBe(1)
  expect(lines).toContain(
    'Rollcall cannot start: REDIS_URL: it is Redis 6.2.14: Rollcall works with Redis 7.0 or newer, or Valkey',
  )
})
