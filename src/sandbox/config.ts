import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { z } from 'zod'

/** How the sandbox is to be started; the only reader of its environment. */
export interface SandboxConfig {
  /** The page, the control routes and the Slack API; 0 takes a free port. */
  port: number
  awsPort: number
  /** Where the simulated load balancers answer. */
  lbPort: number
  /** Where the bot's door for pipelines is. */
  apiPort: number
  /** Simulated seconds a real second. */
  speed: number
  token: string
  /** Where Redis, logs and the catalogue lie; made anew at each start. */
  state: string
  /** The bot's catalogue; the seed's when absent. */
  catalogue?: string
  /** Whether the bot is started too. */
  bot: boolean
  /** How Slack reaches the bot. */
  mode: 'socket' | 'http'
  /** Where a bot of one's own takes Slack's requests, with SANDBOX_BOT=off and SANDBOX_MODE=http. */
  requestUrl: string
  redisUrl?: string
  /** Whether Slack's real rate limits hold. */
  slackLimits: boolean
  /** Whether each payload that the bot sends to Slack is written down in the state's directory. */
  record: boolean
  /** Whether AWS Backup takes an image of the web server each night from the start. */
  backups: boolean
  /** Whether the service `pay` is there too, whose colors shift by weight. */
  weighted: boolean
  /** Whether new versions of the services that stand are checked against what customers meet. */
  checks: boolean
  /** Whether a window holds changes for the first two hours. */
  windows: boolean
  logLevel: string
}

const anyPort = z.coerce
  .number('is not a port')
  .int('is not a port')
  .min(0, 'is not a port')
  .max(65_535, 'is not a port')
const port = (fallback: number) => anyPort.default(fallback)
const onOff = (fallback: 'on' | 'off') =>
  z
    .enum(['on', 'off'])
    .default(fallback)
    .transform((word) => word === 'on')
const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `is not a ${protocols.join('// or ')}// address`,
  })

/** Every variable, with what is allowed in it. */
const variables = {
  SANDBOX_PORT: { schema: port(7070), allowed: 'a port, 0 for any free one (default 7070)' },
  SANDBOX_AWS_PORT: { schema: port(7071), allowed: 'a port, 0 for any free one (default 7071)' },
  SANDBOX_LB_PORT: {
    schema: anyPort.optional(),
    allowed: 'a port, 0 for any free one (default 7072; 0 where SANDBOX_PORT is)',
  },
  SANDBOX_API_PORT: {
    schema: anyPort.optional(),
    allowed: 'a port, 0 for any free one (default 7073; 0 where SANDBOX_PORT is)',
  },
  SANDBOX_SPEED: {
    schema: z.coerce.number('is not a number').min(0.1, 'is too slow').max(1000, 'is too fast').default(20),
    allowed: 'simulated seconds a real second, 0.1 to 1000 (default 20)',
  },
  SANDBOX_TOKEN: {
    // It stands in URLs and, as the access key id, in AWS signatures.
    schema: z
      .string()
      .regex(/^[\w.-]{4,128}$/, 'has signs that do not fit')
      .optional(),
    allowed: '4 to 128 letters, digits, _ . - (default: a random one)',
  },
  SANDBOX_STATE: {
    schema: z.string().default('.sandbox'),
    allowed: 'a directory of its own (default .sandbox)',
  },
  SANDBOX_CATALOGUE: {
    schema: z.string().optional(),
    allowed: 'the path of a rollcall.yaml of yours (default: the seed’s)',
  },
  SANDBOX_BOT: { schema: onOff('on'), allowed: 'on or off (default on)' },
  SANDBOX_MODE: {
    schema: z.enum(['socket', 'http']).default('socket'),
    allowed: 'socket or http (default socket)',
  },
  SANDBOX_REQUEST_URL: {
    schema: url(['http:']).default('http://127.0.0.1:3000/slack/events'),
    allowed: 'an http:// address (default http://127.0.0.1:3000/slack/events)',
  },
  SANDBOX_SLACK_LIMITS: { schema: onOff('off'), allowed: 'on or off (default off)' },
  SANDBOX_RECORD: { schema: onOff('off'), allowed: 'on or off (default off)' },
  SANDBOX_BACKUPS: { schema: onOff('off'), allowed: 'on or off (default off)' },
  SANDBOX_WEIGHTED: { schema: onOff('off'), allowed: 'on or off (default off)' },
  SANDBOX_CHECKS: { schema: onOff('off'), allowed: 'on or off (default off)' },
  SANDBOX_WINDOWS: { schema: onOff('off'), allowed: 'on or off (default off)' },
  REDIS_URL: {
    schema: url(['redis:', 'rediss:']).optional(),
    allowed: 'redis://[[user]:password@]host[:port][/number]',
  },
  LOG_LEVEL: {
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    allowed: 'trace, debug, info, warn, error, fatal or silent (default info)',
  },
}

/** Reads the environment. Gives what is wrong, one line a variable, where it cannot be used. */
export function readConfig(
  source: Readonly<Record<string, string | undefined>> = process.env,
): { config: SandboxConfig } | { mistakes: string[] } {
  const mistakes: string[] = []
  const read = <Name extends keyof typeof variables>(
    name: Name,
  ): z.output<(typeof variables)[Name]['schema']> => {
    // An empty variable counts as absent, as Compose and CI leave them.
    const text = source[name]?.trim() || undefined
    const { schema, allowed } = variables[name]
    const parsed = schema.safeParse(text)
    if (!parsed.success) mistakes.push(`${name}=${text ?? ''} cannot be used; allowed: ${allowed}`)
    return parsed.data as z.output<(typeof variables)[Name]['schema']>
  }
  const redisUrl = read('REDIS_URL')
  const catalogue = read('SANDBOX_CATALOGUE')
  const pagePort = read('SANDBOX_PORT')
  const config: SandboxConfig = {
    port: pagePort,
    awsPort: read('SANDBOX_AWS_PORT'),
    // Whoever lets the page have any port starts several at once.
    lbPort: read('SANDBOX_LB_PORT') ?? (pagePort === 0 ? 0 : 7072),
    apiPort: read('SANDBOX_API_PORT') ?? (pagePort === 0 ? 0 : 7073),
    speed: read('SANDBOX_SPEED'),
    token: read('SANDBOX_TOKEN') ?? randomBytes(18).toString('hex'),
    state: resolve(read('SANDBOX_STATE') ?? '.sandbox'),
    ...(catalogue === undefined ? {} : { catalogue: resolve(catalogue) }),
    bot: read('SANDBOX_BOT'),
    mode: read('SANDBOX_MODE'),
    requestUrl: read('SANDBOX_REQUEST_URL'),
    ...(redisUrl === undefined ? {} : { redisUrl }),
    slackLimits: read('SANDBOX_SLACK_LIMITS'),
    record: read('SANDBOX_RECORD'),
    backups: read('SANDBOX_BACKUPS'),
    weighted: read('SANDBOX_WEIGHTED'),
    checks: read('SANDBOX_CHECKS'),
    windows: read('SANDBOX_WINDOWS'),
    logLevel: read('LOG_LEVEL'),
  }
  return mistakes.length > 0 ? { mistakes } : { config }
}

/** The environment that started programs inherit: the machine's own, without what the sandbox sets for them. */
export function inheritedEnvironment(): Record<string, string> {
  const own = /^(SANDBOX_|SLACK_|AWS_|REDIS_|ROLLCALL_|API_|ROLE$|PORT$|CLOCK_SPEED$|LOG_LEVEL$)/
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || own.test(name) ? [] : [[name, value]],
    ),
  )
}
