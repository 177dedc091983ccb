import { sentinelsIn } from '../../../src/adapters/redis/connection/connections'
import { readEnvironment } from '../../../src/config/environment'
import { writeMistakes } from '../../../src/config/mistake'

const socket = {
  SLACK_BOT_TOKEN: 'xoxb-1-secret',
  SLACK_APP_TOKEN: 'xapp-1-secret',
  REDIS_URL: 'redis://127.0.0.1:6379',
}
const value = (source: Record<string, string>) => {
  const read = readEnvironment(source)
  if (!read.ok) throw new Error(writeMistakes(read.mistakes))
  return read.value
}
const mistakes = (source: Record<string, string>) => {
  const read = readEnvironment(source)
  return read.ok ? [] : read.mistakes.map(({ where, wrong }) => `${where}: ${wrong}`)
}

describe('the environment', () => {
  test('needs two Slack tokens and a Redis; all else has its default', () => {
    expect(value(socket)).toEqual({
      role: 'all',
      slack: {
        botToken: 'xoxb-1-secret',
        apiUrl: 'https://slack.com/api/',
        command: '/asg',
        mode: { kind: 'socket', appToken: 'xapp-1-secret' },
      },
      redis: { url: 'redis://127.0.0.1:6379', prefix: 'rollcall', cluster: false },
      cataloguePath: './rollcall.yaml',
      port: 3000,
      logLevel: 'info',
      clock: { speed: 1 },
      telemetry: {},
    })
  })

  test('says whom to tell of endings', () => {
    const given = {
      ...socket,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20abc%3D, x-scope = 7',
      PAGERDUTY_ROUTING_KEY: 'a'.repeat(32),
      EVENTBRIDGE_BUS: 'arn:aws:events:ap-northeast-2:123456789012:event-bus/default',
    }
    expect(value(given).telemetry).toEqual({
      otlp: {
        endpoint: 'http://127.0.0.1:4318',
        headers: { authorization: 'Basic abc=', 'x-scope': '7' },
        serviceName: 'rollcall',
      },
      pagerDuty: { routingKey: 'a'.repeat(32), url: 'https://events.pagerduty.com' },
      bus: given.EVENTBRIDGE_BUS,
    })
    for (const wrong of ['secret', 'a=%E0%A4%A', 'a=b%0d%0ac', '=x'])
      expect(mistakes({ ...given, OTEL_EXPORTER_OTLP_HEADERS: wrong })).toEqual([
        expect.stringContaining('OTEL_EXPORTER_OTLP_HEADERS'),
      ])
  })

  test('says where the record is archived, for how long, and that it is no more', () => {
    expect(value(socket).archive).toBeUndefined()
    expect(value({ ...socket, RECORD_BUCKET: 'acme-record' }).archive).toEqual({
      bucket: 'acme-record',
      days: 365,
    })
    expect(value({ ...socket, RECORD_BUCKET: 'acme-record', RECORD_DAYS: '2555' }).archive).toMatchObject({
      days: 2555,
    })
    expect(value({ ...socket, RECORD_BUCKET: 'off' }).archive).toBe('off')
    for (const wrong of [{ RECORD_BUCKET: 's3://acme' }, { RECORD_DAYS: '0' }])
      expect(mistakes({ ...socket, ...wrong })).toHaveLength(1)
  })

  test('names sentinels, and what a store promises that does not tell', () => {
    const url = 'redis+sentinel://rollcall:p%40ss@one:26379,two/mymaster/3'
    expect(value({ ...socket, REDIS_URL: url, REDIS_DURABILITY: 'sync' }).redis).toMatchObject({
      url,
      durability: 'sync',
    })
    expect(sentinelsIn(url)).toEqual({
      sentinels: [
        { host: 'one', port: 26_379 },
        { host: 'two', port: 26_379 },
      ],
      name: 'mymaster',
      username: 'rollcall',
      password: 'p@ss',
      db: 3,
    })
    for (const wrong of [
      'redis+sentinel://one:26379',
      'redis+sentinel:///mymaster',
      'redis+sentinel://one,,two/m',
    ])
      expect(mistakes({ ...socket, REDIS_URL: wrong })).toEqual([
        'REDIS_URL: is not such a URL (the value is not shown)',
      ])
    expect(mistakes({ ...socket, REDIS_DURABILITY: 'always' })).toEqual([
      'REDIS_DURABILITY: "always" is not known',
    ])
  })

  test('keeps health and metrics apart from Slack and from pipelines', () => {
    expect(value({ ...socket, METRICS_PORT: '9090' })).toMatchObject({ port: 3000, metricsPort: 9090 })
    expect(mistakes({ ...socket, METRICS_PORT: '3000' })).toEqual([
      'METRICS_PORT: is the port that Slack reaches',
    ])
    expect(mistakes({ ...socket, METRICS_PORT: '9090', API_PORT: '9090' })).toEqual([
      'API_PORT: is the port of health and metrics, which want no password',
    ])
  })

  test('of a signing secret without an app token makes HTTP mode', () => {
    const { SLACK_APP_TOKEN: _, ...rest } = socket
    const secret = '8f742231b10e8888abcd99yyyzzz85a5'
    expect(value({ ...rest, SLACK_SIGNING_SECRET: secret }).slack?.mode).toEqual({
      kind: 'http',
      signingSecret: secret,
    })
  })

  test('of a worker needs nothing of Slack’s, and takes nothing', () => {
    expect(value({ ROLE: 'worker', REDIS_URL: 'rediss://:secret@store:6380/2' }).slack).toBeUndefined()
    expect(value({ ...socket, ROLE: 'worker' }).slack).toBeUndefined()
  })

  test('takes empty variables for absent ones', () => {
    expect(value({ ...socket, PORT: '', LOG_LEVEL: ' ', SLACK_SIGNING_SECRET: '' })).toMatchObject({
      port: 3000,
    })
  })

  test.each([
    ['20', { speed: 20 }],
    ['0.5', { speed: 0.5 }],
    [
      '20@1700000000000/1800000000000',
      { speed: 20, since: { real: 1_700_000_000_000, simulated: 1_800_000_000_000 } },
    ],
  ])('reads the pace %s', (CLOCK_SPEED, clock) => {
    expect(value({ ...socket, CLOCK_SPEED }).clock).toEqual(clock)
  })

  test('says everything that is missing at once', () => {
    expect(mistakes({})).toEqual([
      'REDIS_URL: is missing',
      'SLACK_BOT_TOKEN: is missing: the gateway speaks to Slack',
      'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: are both missing: one is needed',
    ])
    expect(mistakes({ ROLE: 'worker' })).toEqual(['REDIS_URL: is missing'])
  })

  test.each([
    [{ ROLE: 'boss' }, 'ROLE: "boss" is not known'],
    [{ PORT: '70000' }, 'PORT: is not a port'],
    [{ PORT: 'http' }, 'PORT: is not a port'],
    [{ CLOCK_SPEED: '0' }, 'CLOCK_SPEED: "0" is not a pace'],
    [{ CLOCK_SPEED: '20@now' }, 'CLOCK_SPEED: "20@now" is not a pace'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: "loud" is not known'],
    [{ SLACK_COMMAND: 'asg' }, 'SLACK_COMMAND: is not the name of a slash command'],
    [{ SLACK_API_URL: 'slack.com' }, 'SLACK_API_URL: is not such a URL (the value is not shown)'],
    [{ REDIS_URL: 'http://store' }, 'REDIS_URL: is not such a URL (the value is not shown)'],
    [{ REDIS_PREFIX: 'a b' }, 'REDIS_PREFIX: cannot begin the names of keys'],
  ])('refuses %j', (wrong, sentence) => {
    expect(mistakes({ ...socket, ...wrong })).toEqual([sentence])
  })

  test('says what is allowed, all mistakes at once, and never a secret', () => {
    const read = readEnvironment({
      ROLE: 'boss',
      SLACK_BOT_TOKEN: 'xoxp-hush',
      SLACK_APP_TOKEN: 'hush',
      SLACK_SIGNING_SECRET: 'hush',
      REDIS_URL: 'http://:hush@store',
    })
    const text = read.ok ? '' : writeMistakes(read.mistakes)
    expect(text).toMatchInlineSnapshot(`
"ROLE: "boss" is not known. Allowed: gateway, worker, all (default all)
SLACK_BOT_TOKEN: does not look like one (the value is not shown). Allowed: the app's bot token, xoxb-…
SLACK_APP_TOKEN: does not look like one (the value is not shown). Allowed: an app-level token with connections:write, xapp-…
SLACK_SIGNING_SECRET: does not look like one (the value is not shown). Allowed: the app's signing secret, 16 signs or more
REDIS_URL: is not such a URL (the value is not shown). Allowed: redis://[[user]:password@]host[:port][/number], redis+sentinel://[[user]:password@]host[:port],host[:port]/<name>[/number], or rediss for TLS"
`)
    expect(text).not.toContain('hush')
  })
})
