import { parseDuration } from '../../domain/time/duration'
import { isOperationId } from '../../domain/operation/id'

/** An option of a command: a flag, or a name with a value. `allowed` is shown where a value will not do. */
export interface OptionSpec {
  readonly takes?: string
  readonly valid?: (value: string) => boolean
}

const count: OptionSpec = { takes: '<count>', valid: (value) => /^\d{1,4}$/.test(value) }
const text = (most: number): OptionSpec => ({
  takes: '"…"',
  valid: (value) => value.trim() !== '' && value.trim().length <= most,
})
const duration: OptionSpec = {
  takes: '<duration: 90s, 30m, 2h>',
  valid: (value) => (parseDuration(value) ?? 0) > 0,
}

/** A span back from now, or a day. */
const moment: OptionSpec = {
  takes: '<duration: 30d|date: 2026-11-01>',
  valid: (value) =>
    (parseDuration(value) ?? 0) > 0 ||
    (/^\d{4}-\d\d-\d\d(T\S+)?$/.test(value) && !Number.isNaN(Date.parse(value))),
}

export const options = {
  // how the answer is waited for and shown
  wait: {},
  timeout: duration,
  json: {},
  'cancel-on-interrupt': {},
  'idempotency-key': { takes: '<key>', valid: (value: string) => /^[\x21-\x7e]{1,200}$/.test(value) },
  url: { takes: '<address>', valid: (value: string) => /^https?:\/\//.test(value) && URL.canParse(value) },
  help: {},
  // what is asked for
  'dry-run': {},
  reason: text(300),
  override: text(300),
  'wait-for-window': {},
  strategy: { takes: 'refresh|replace|surge|blue-green|canary' },
  weights: { takes: '10,50,100', valid: (value: string) => /^\d{1,3}(,\d{1,3})*$/.test(value) },
  from: { takes: '<instance|image>', valid: (value: string) => /^(i|ami)-[0-9a-f]+$/i.test(value) },
  standby: { takes: 'ignore|terminate', valid: (value: string) => /^(ignore|terminate)$/.test(value) },
  desired: count,
  min: count,
  max: count,
  'after-cooldown': {},
  'security-groups-by-id': {},
  name: text(80),
  every: text(80),
  for: duration,
  // what is read
  since: moment,
  until: moment,
  csv: {},
  head: { takes: '<number>:<hash>', valid: (value: string) => /^\d+:[0-9a-f]{64}$/.test(value) },
  limit: { takes: '1–200', valid: (value: string) => Number(value) >= 1 && Number(value) <= 200 },
  expires: {
    takes: '<duration: 90d|date: 2027-06-01>',
    valid: (value: string) => /^\d{4}-\d\d-\d\d$/.test(value) || (parseDuration(value) ?? 0) > 0,
  },
} as const satisfies Readonly<Record<string, OptionSpec>>

export type OptionName = keyof typeof options
/** What was given: `true` for a flag. */
export type Values = { readonly [name in OptionName]?: string | true }

/** What a line asks for. */
export type Wish =
  | { readonly kind: 'change'; readonly body: ChangeBody }
  | { readonly kind: 'status'; readonly service?: string }
  | { readonly kind: 'show'; readonly operation: string }
  | { readonly kind: 'history'; readonly service?: string }
  | { readonly kind: 'token'; readonly name: string }
  | { readonly kind: 'verify'; readonly file: string }
  | { readonly kind: 'export' }
  | { readonly kind: 'webhooks' }
  | { readonly kind: 'replay'; readonly webhook: string }

/** The body of `POST /v1/operations`. */
interface ChangeBody {
  readonly action: string
  readonly [option: string]: unknown
}

/** A word of the line that is missing, or one that will not do, and which would. */
export type Wrong =
  | { readonly wrong: 'missing'; readonly what: string }
  | { readonly wrong: 'value'; readonly what: string; readonly value: string; readonly allowed: string }
  | { readonly wrong: 'extra'; readonly word: string }

export interface CommandSpec {
  readonly usage: string
  readonly options: readonly OptionName[]
  /** How many words it takes at the most; absent where the rest of the line belongs together. */
  readonly words?: number
  read(words: readonly string[], values: Values): Wish | Wrong
}

const waiting = ['wait', 'timeout', 'json', 'cancel-on-interrupt', 'url'] as const
const changing = [...waiting, 'idempotency-key', 'reason', 'dry-run', 'override', 'wait-for-window'] as const
const reading = ['json', 'url'] as const

const serviceName = /^[a-z0-9][a-z0-9-]*$/
const missing = (what: string): Wrong => ({ wrong: 'missing', what })
const badService = (value: string): Wrong => ({ wrong: 'value', what: 'service', value, allowed: 'web' })

const numberOf = (value: string | true | undefined): number | undefined =>
  typeof value === 'string' ? Number(value) : undefined
const textOf = (value: string | true | undefined): string | undefined =>
  typeof value === 'string' ? value.trim() : undefined

/** A change of one service; options that were not given are left out of the JSON. */
const change = (
  action: string,
  service: string | undefined,
  values: Values,
  more: Readonly<Record<string, unknown>> = {},
): Wish | Wrong => {
  if (service === undefined) return missing('service')
  if (service !== '*' && !serviceName.test(service)) return badService(service)
  return {
    kind: 'change',
    body: {
      action,
      service,
      ...more,
      reason: textOf(values.reason),
      dryRun: values['dry-run'],
      override: textOf(values.override),
      waitForWindow: values['wait-for-window'],
    },
  }
}

const sizes = (values: Values) => ({
  desired: numberOf(values.desired),
  min: numberOf(values.min),
  max: numberOf(values.max),
})

export const commands: Readonly<Record<string, CommandSpec>> = {
  deploy: {
    usage: 'deploy <service> <version>',
    words: 2,
    options: [...changing, 'strategy', 'weights', 'from', 'standby'],
    read: ([service, version], values) =>
      service !== undefined && version === undefined
        ? missing('version')
        : change('deploy', service, values, {
            version,
            strategy: values.strategy,
            weights: textOf(values.weights)?.split(',').map(Number),
            from: values.from,
            standby: values.standby,
          }),
  },
  'update-image': {
    usage: 'update-image <service>',
    words: 1,
    options: [...changing, 'security-groups-by-id'],
    read: ([service], values) =>
      change('update-image', service, values, { securityGroupsById: values['security-groups-by-id'] }),
  },
  rollback: {
    usage: 'rollback <service> [<operation>]',
    words: 2,
    options: changing,
    read: ([service, operation], values) =>
      operation !== undefined && !isOperationId(operation)
        ? { wrong: 'value', what: 'operation', value: operation, allowed: `${service ?? 'web'}-k7f3q` }
        : change('rollback', service, values, { operation }),
  },
  scale: {
    usage: 'scale <service> <count>',
    words: 2,
    options: [...changing, 'desired', 'min', 'max', 'after-cooldown'],
    read([service, bare], values) {
      if (bare !== undefined && (!/^\d{1,4}$/.test(bare) || values.desired !== undefined))
        return { wrong: 'value', what: 'desired', value: bare, allowed: '4' }
      const desired = numberOf(bare ?? values.desired)
      if (service !== undefined && desired === undefined) return missing('count')
      return change('scale', service, values, {
        ...sizes(values),
        desired,
        afterCooldown: values['after-cooldown'],
      })
    },
  },
  schedule: {
    usage: 'schedule <service> <start> <duration|end> --desired <count>',
    options: [...changing, 'desired', 'min', 'max', 'name', 'every'],
    read([service, ...when], values) {
      if (service !== undefined && when.length === 0) return missing('start')
      if (service !== undefined && values.desired === undefined) return missing('--desired')
      return change('schedule', service, values, {
        when: when.join(' '),
        ...sizes(values),
        name: textOf(values.name),
        every: textOf(values.every),
      })
    },
  },
  cancel: {
    usage: 'cancel <service|operation>',
    words: 1,
    options: [...waiting, 'idempotency-key'],
    read: ([target]) =>
      target === undefined
        ? missing('service|operation')
        : isOperationId(target)
          ? { kind: 'change', body: { action: 'cancel', operation: target } }
          : change('cancel', target, {}),
  },
  lock: {
    usage: 'lock <service|*> "<reason>"',
    words: 2,
    options: ['json', 'url', 'idempotency-key', 'reason', 'for'],
    read([service, word], values) {
      if (word !== undefined && values.reason !== undefined) return { wrong: 'extra', word }
      const reason = word ?? textOf(values.reason)
      if (service !== undefined && (reason === undefined || reason === '')) return missing('reason')
      return change('lock', service, { ...values, ...(reason && { reason }) }, { for: values.for })
    },
  },
  unlock: {
    usage: 'unlock <service|*>',
    words: 1,
    options: ['json', 'url', 'idempotency-key'],
    read: ([service], values) => change('unlock', service, values),
  },
  status: {
    usage: 'status [<service>]',
    words: 1,
    options: reading,
    read: ([service]) =>
      service !== undefined && !serviceName.test(service)
        ? badService(service)
        : { kind: 'status', ...(service !== undefined && { service }) },
  },
  show: {
    usage: 'show <operation>',
    words: 1,
    options: waiting,
    read: ([operation]) =>
      operation === undefined
        ? missing('operation')
        : isOperationId(operation)
          ? { kind: 'show', operation }
          : { wrong: 'value', what: 'operation', value: operation, allowed: 'web-k7f3q' },
  },
  history: {
    usage: 'history [<service>]',
    words: 1,
    options: [...reading, 'limit'],
    read: ([service]) =>
      service !== undefined && !serviceName.test(service)
        ? badService(service)
        : { kind: 'history', ...(service !== undefined && { service }) },
  },
  'audit export': {
    usage: 'audit export',
    words: 0,
    options: ['since', 'until', 'csv', 'url'],
    read: () => ({ kind: 'export' }),
  },
  'audit verify': {
    usage: 'audit verify <file or folder>',
    words: 1,
    options: ['head', 'json'],
    read: ([file]) => (file === undefined ? missing('file') : { kind: 'verify', file }),
  },
  'webhooks list': {
    usage: 'webhooks list',
    words: 0,
    options: reading,
    read: () => ({ kind: 'webhooks' }),
  },
  'webhooks replay': {
    usage: 'webhooks replay <webhook>',
    words: 1,
    options: reading,
    read: ([webhook]) =>
      webhook === undefined
        ? missing('webhook')
        : /^[a-z0-9][a-z0-9.-]{0,62}$/.test(webhook)
          ? { kind: 'replay', webhook }
          : { wrong: 'value', what: 'webhook', value: webhook, allowed: 'hooks.example.com' },
  },
  'token create': {
    usage: 'token create <name>',
    words: 1,
    options: ['expires', 'json'],
    read: ([name]) =>
      name === undefined
        ? missing('name')
        : /^[a-z0-9][a-z0-9-]{0,40}$/.test(name)
          ? { kind: 'token', name }
          : { wrong: 'value', what: 'name', value: name, allowed: 'web-pipeline' },
  },
}
