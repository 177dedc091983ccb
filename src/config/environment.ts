import { existsSync } from 'node:fs'
import { z } from 'zod'
import { defined } from '../domain/defined'
import { clockRate, type ClockRate } from './clock-rate'
import type { Mistake, Read } from './mistake'

/**
 * A variable: how its text is read, and what is allowed in it. Messages never repeat a value of the secret ones
 * (a Redis URL holds a password).
 */
interface Variable<T> {
  readonly schema: z.ZodType<T, string | undefined>
  readonly allowed: string
}
const variable = <T>(schema: z.ZodType<T, string | undefined>, allowed: string): Variable<T> => ({
  schema,
  allowed,
})

const roles = ['gateway', 'worker', 'all'] as const
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const oneOf = <T extends string>(known: readonly [T, ...T[]], fallback: T) =>
  variable(
    z.enum(known, { error: (issue) => `"${String(issue.input)}" is not known` }).default(fallback),
    `${known.join(', ')} (default ${fallback})`,
  )

const secret = (form: RegExp, allowed: string) =>
  variable(z.string().regex(form, 'does not look like one (the value is not shown)').optional(), allowed)

const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: 'is not such a URL (the value is not shown)',
  })

/** Headers as OpenTelemetry writes them ("Specifying headers via environment variables"); undefined where they are none. */
const headersIn = (text: string): Readonly<Record<string, string>> | undefined => {
  const headers: { [name: string]: string } = {}
  for (const pair of text.split(',')) {
    const [, name, written] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? []
    if (name === undefined || written === undefined) return undefined
    try {
      headers[name] = decodeURIComponent(written)
    } catch {
      return undefined
    }
    if (/\p{Cc}/u.test(headers[name])) return undefined
  }
  return headers
}
const isRedisUrl = (text: string): boolean =>
  /^rediss?\+sentinel:/.test(text)
    ? /^rediss?\+sentinel:\/\/(?:[^@/]*@)?(?:\[[^\]]+\]|[^:/,@]+)(?::\d{1,5})?(?:,(?:\[[^\]]+\]|[^:/,@]+)(?::\d{1,5})?)*\/[^/?]+(?:\/\d+)?$/.test(
        text,
      )
    : URL.canParse(text) && ['redis:', 'rediss:'].includes(new URL(text).protocol)

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a port')
  .transform(Number)
  .refine((port) => port <= 65_535, 'is not a port')

const variables = {
  ROLE: oneOf(roles, 'all'),
  SLACK_BOT_TOKEN: secret(/^xox[be][-.]\S+$/, "the app's bot token, xoxb-…"),
  SLACK_APP_TOKEN: secret(/^xapp-\S+$/, 'an app-level token with connections:write, xapp-…'),
  SLACK_SIGNING_SECRET: secret(/^[\x21-\x7e]{16,}$/, "the app's signing secret, 16 signs or more"),
  SLACK_API_URL: variable(
    url(['http:', 'https:'])
      .default('https://slack.com/api/')
      .transform((text) => (text.endsWith('/') ? text : `${text}/`)),
    'an http:// or https:// address (default https://slack.com/api/)',
  ),
  SLACK_COMMAND: variable(
    z
      .string()
      .regex(/^\/[a-z0-9_-]{1,31}$/, 'is not the name of a slash command')
      .default('/asg'),
    'a slash and up to 31 small letters, digits, - or _ (default /asg)',
  ),
  REDIS_URL: variable(
    z.string().refine((text) => isRedisUrl(text), { error: 'is not such a URL (the value is not shown)' }),
    'redis://[[user]:password@]host[:port][/number], redis+sentinel://[[user]:password@]host[:port],host[:port]/<name>[/number], or rediss for TLS',
  ),
  REDIS_DURABILITY: variable(
    z
      .enum(['sync', 'async', 'none'], { error: (issue) => `"${String(issue.input)}" is not known` })
      .optional(),
    'sync, async, none: what a store promises that does not tell; looked at where it is not set',
  ),
  REDIS_PREFIX: variable(
    z
      .string()
      .regex(/^\{?[A-Za-z0-9:_.-]{1,64}\}?$/, 'cannot begin the names of keys')
      .default('{rollcall}')
      .transform((text) => text.replace(/^\{|\}$/g, '')),
    'up to 64 letters, digits, : _ . - in braces (default {rollcall})',
  ),
  REDIS_CLUSTER: oneOf(['off', 'on'], 'off'),
  ROLLCALL_CONFIG: variable(z.string().default('./rollcall.yaml'), 'a path (default ./rollcall.yaml)'),
  PORT: variable(port.default(3000), '0 to 65535 (default 3000; 0 for any free one)'),
  METRICS_PORT: variable(
    port.optional(),
    '0 to 65535, another than PORT (0 for any free one); without it health and metrics are on PORT',
  ),
  API_PORT: variable(
    port.optional(),
    '0 to 65535, another than PORT (0 for any free one); without it there is no door for pipelines',
  ),
  API_HOST: variable(
    z
      .string()
      .regex(/^[0-9A-Za-z.:-]{1,253}$/, 'is not an address')
      .optional(),
    'the address that the door listens on, like 127.0.0.1 (default: all of them)',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    url(['http:', 'https:']).optional(),
    'the base address of a collector that takes OTLP over HTTP, like http://127.0.0.1:4318',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: variable(
    z
      .string()
      .refine((text) => headersIn(text) !== undefined, 'cannot be read (the value is not shown)')
      .transform((text) => headersIn(text) ?? {})
      .optional(),
    'headers as name=value, with commas between, values percent-encoded',
  ),
  OTEL_SERVICE_NAME: variable(z.string().default('rollcall'), 'a name (default rollcall)'),
  PAGERDUTY_ROUTING_KEY: secret(/^[A-Za-z0-9]{32}$/, 'the integration key of Events API v2, 32 signs'),
  PAGERDUTY_EVENTS_URL: variable(
    url(['http:', 'https:']).default('https://events.pagerduty.com'),
    'an address (default https://events.pagerduty.com; https://events.eu.pagerduty.com for the EU)',
  ),
  EVENTBRIDGE_BUS: variable(
    z
      .string()
      .regex(
        /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/\S{1,256}$/,
        'is not the ARN of an event bus',
      )
      .optional(),
    'the ARN of an event bus, arn:aws:events:<region>:<account>:event-bus/<name>',
  ),
  RECORD_BUCKET: variable(
    z
      .string()
      .regex(/^(?:off|[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])$/, 'is not the name of a bucket')
      .optional(),
    'a bucket of S3 with Object Lock that the record is archived in; off where there was one and is to be none',
  ),
  RECORD_DAYS: variable(
    z
      .string()
      .regex(/^\d{1,5}$/, 'is not a number of days')
      .default('365')
      .transform(Number)
      .refine((days) => days >= 1 && days <= 36_500, 'is not a number of days'),
    '1 to 36500 (default 365): for so long nobody can alter or delete what is archived',
  ),
  LOG_LEVEL: oneOf(levels, 'info'),
  CLOCK_SPEED: variable(
    z
      .string()
      .default('1')
      .transform((text, context) => {
        const rate = clockRate(text)
        if (!rate) context.addIssue({ code: 'custom', message: `"${text}" is not a pace` })
        return rate ?? { speed: 1 }
      }),
    'a number above 0, up to 10000 (default 1), or <number>@<real ms>/<simulated ms>',
  ),
} as const

/** Every variable that Rollcall reads. */
export const variableNames: readonly string[] = Object.keys(variables)

/** The shape of all variables, as zod reads them together: every mistake is found at once. */
const schema = z.object(
  Object.fromEntries(Object.entries(variables).map(([name, { schema }]) => [name, schema])) as unknown as {
    [name in keyof typeof variables]: (typeof variables)[name]['schema']
  },
)

type Role = (typeof roles)[number]

/** How Slack is reached; absent where the role needs none of it. */
interface SlackSettings {
  readonly botToken: string
  readonly apiUrl: string
  readonly command: string
  readonly mode:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string }
}

/** The environment, validated. AWS's own variables are read by its SDK. */
export interface Environment {
  readonly role: Role
  readonly slack?: SlackSettings
  /** `cluster`: the URL names a node of a store with several shards. */
  readonly redis: {
    readonly url: string
    readonly prefix: string
    readonly cluster: boolean
    readonly durability?: 'sync' | 'async' | 'none'
  }
  readonly cataloguePath: string
  readonly port: number
  /** Where health and metrics are asked for, where that is not `port`. */
  readonly metricsPort?: number
  /** Where pipelines ask; absent where there is no door. */
  readonly api?: { readonly port: number; readonly host?: string }
  readonly logLevel: (typeof levels)[number]
  readonly clock: ClockRate
  readonly telemetry: TelemetrySettings
  /** Where the record is archived, and for how long it is kept there; `off` where it is to be archived no more. */
  readonly archive?: { readonly bucket: string; readonly days: number } | 'off'
}

/** Who is told of endings; what is absent is told nothing. */
export interface TelemetrySettings {
  readonly otlp?: {
    readonly endpoint: string
    readonly headers: Readonly<Record<string, string>>
    readonly serviceName: string
  }
  readonly pagerDuty?: { readonly routingKey: string; readonly url: string }
  /** The ARN of an event bus. */
  readonly bus?: string
}

/** Takes variables from a `.env` file in the working directory, where there is one; those that are set already win. */
export function loadEnvironmentFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env')
}

/** Reads the environment's variables. An empty one counts as absent, as Compose and CI leave them. */
export function readEnvironment(
  source: Readonly<Record<string, string | undefined>> = process.env,
): Read<Environment> {
  const given = Object.fromEntries(
    variableNames.flatMap((name) => {
      const text = source[name]?.trim()
      return text ? [[name, text]] : []
    }),
  )
  const parsed = schema.safeParse(given)
  const mistakes: Mistake[] = (parsed.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0])
    const wrong = name in given ? issue.message : 'is missing'
    return { where: name, wrong, allowed: allowedIn(name) }
  })
  mistakes.push(...missingForRole(given, mistakes))
  mistakes.push(...sharedPorts(given))
  if (!parsed.success || mistakes.length > 0) return { ok: false, mistakes }
  const value = parsed.data
  const slack = value.ROLE === 'worker' ? undefined : slackSettings(value)
  return {
    ok: true,
    value: {
      role: value.ROLE,
      ...(slack && { slack }),
      redis: {
        url: value.REDIS_URL,
        prefix: value.REDIS_PREFIX,
        cluster: value.REDIS_CLUSTER === 'on',
        ...(value.REDIS_DURABILITY !== undefined && { durability: value.REDIS_DURABILITY }),
      },
      cataloguePath: value.ROLLCALL_CONFIG,
      port: value.PORT,
      ...(value.METRICS_PORT !== undefined && { metricsPort: value.METRICS_PORT }),
      ...(value.API_PORT !== undefined && {
        api: { port: value.API_PORT, ...(value.API_HOST !== undefined && { host: value.API_HOST }) },
      }),
      logLevel: value.LOG_LEVEL,
      clock: value.CLOCK_SPEED,
      telemetry: telemetrySettings(value),
      ...archiveSettings(value),
    },
  }
}

/** Two things on one port, of which one wants no password. */
const sharedPorts = (given: Readonly<Record<string, string>>): readonly Mistake[] => {
  const { PORT: port = '3000', METRICS_PORT: metrics, API_PORT: api } = given
  const same = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && one !== '0' && Number(one) === Number(other)
  return [
    ...(same(metrics, port)
      ? [
          {
            where: 'METRICS_PORT',
            wrong: 'is the port that Slack reaches',
            allowed: allowedIn('METRICS_PORT'),
          },
        ]
      : []),
    ...(same(api, metrics ?? port) || same(api, port)
      ? [
          {
            where: 'API_PORT',
            wrong: 'is the port of health and metrics, which want no password',
            allowed: allowedIn('API_PORT'),
          },
        ]
      : []),
  ]
}

const allowedIn = (name: string): string =>
  (variables as Readonly<Record<string, Variable<unknown>>>)[name]?.allowed ?? ''

/** What the gateway cannot do without: a bot token, and one of the two ways in which Slack speaks to it. */
const missingForRole = (
  given: Readonly<Record<string, string>>,
  found: readonly Mistake[],
): readonly Mistake[] => {
  if (given['ROLE'] === 'worker' || found.some((mistake) => mistake.where === 'ROLE')) return []
  const missing: Mistake[] = []
  if (given['SLACK_BOT_TOKEN'] === undefined) {
    const wrong = 'is missing: the gateway speaks to Slack'
    missing.push({ where: 'SLACK_BOT_TOKEN', wrong, allowed: allowedIn('SLACK_BOT_TOKEN') })
  }
  if (given['SLACK_APP_TOKEN'] === undefined && given['SLACK_SIGNING_SECRET'] === undefined) {
    missing.push({
      where: 'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
      wrong: 'are both missing: one is needed',
      allowed: `for Socket Mode ${allowedIn('SLACK_APP_TOKEN')}; for HTTP ${allowedIn('SLACK_SIGNING_SECRET')}`,
    })
  }
  return missing
}

const telemetrySettings = (value: z.output<typeof schema>): TelemetrySettings => {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers = {} } = value
  const { PAGERDUTY_ROUTING_KEY: routingKey, EVENTBRIDGE_BUS: bus } = value
  return defined({
    otlp: endpoint === undefined ? undefined : { endpoint, headers, serviceName: value.OTEL_SERVICE_NAME },
    pagerDuty: routingKey === undefined ? undefined : { routingKey, url: value.PAGERDUTY_EVENTS_URL },
    bus,
  })
}

const archiveSettings = ({
  RECORD_BUCKET: bucket,
  RECORD_DAYS: days,
}: z.output<typeof schema>): Pick<Environment, 'archive'> => {
  if (bucket === undefined) return {}
  return { archive: bucket === 'off' ? 'off' : { bucket, days } }
}

/** Socket Mode where an app token is given, for that token has no other use; else HTTP. */
const slackSettings = (value: z.output<typeof schema>): SlackSettings | undefined => {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = value
  const mode =
    appToken !== undefined
      ? ({ kind: 'socket', appToken } as const)
      : signingSecret !== undefined
        ? ({ kind: 'http', signingSecret } as const)
        : undefined
  if (botToken === undefined || !mode) return undefined
  return { botToken, apiUrl: value.SLACK_API_URL, command: value.SLACK_COMMAND, mode }
}
