import {
  strategiesOf,
  type Approval,
  type Catalogue,
  type Checks,
  type ColorGroups,
  type ImageSource,
  type Machine,
  type Service,
  defaultRetention,
} from '../domain/catalogue/catalogue'
import { defined } from '../domain/defined'
import { onceBetween, type ChangeWindow } from '../domain/windows/change-window'
import { hour, minute, second } from '../domain/time/time'
import { blueprintFrom } from './blueprint'
import type { Webhook } from '../domain/webhooks/webhook'
import type { Written, WrittenService } from './schema'
import { webhookName } from './webhook-schema'

/** The catalogue that a sound file describes. */
export const catalogueFrom = ({
  services,
  defaults,
  regions,
  people,
  machines,
  webhooks,
  rules,
  windows,
  override,
}: Written): Catalogue => ({
  services: new Map(
    Object.entries(services).map(([name, service]) => [name, serviceFrom(name, service, defaults)]),
  ),
  regions: new Map(Object.entries(regions).map(([name, { events }]) => [name, defined({ events })])),
  people: new Map(Object.entries(people)),
  machines: new Map(Object.entries(machines).map(([name, machine]) => [name, machineFrom(name, machine)])),
  rules: rules.flatMap(({ service, action, allow, approval, reason, ticket }) =>
    service.map((name) =>
      defined({
        service: name,
        actions: action,
        allow,
        approval: approval && defined(approval),
        reason,
        ticket,
      }),
    ),
  ),
  ...(webhooks.length > 0 && {
    webhooks: webhooks.map((webhook) => webhookFrom(webhook, defaults, Object.values(services)[0])),
  }),
  ...(windows.length > 0 && { windows: windows.flatMap((window) => windowFrom(window, defaults)) }),
  ...(override && { override: approvalFrom(override) }),
})

const approvalFrom = ({ by, count, second, expires }: NonNullable<Written['override']>): Approval =>
  defined({ by, count, second, expires })

/** What is told of it people read where the file's defaults have them, else where those of the first service are. */
const webhookFrom = (
  written: Written['webhooks'][number],
  defaults: Written['defaults'],
  first: WrittenService | undefined,
): Webhook => ({
  name: webhookName(written) ?? '',
  url: written.to,
  secrets: written.secret.map(({ env }) => env),
  events: written.events ?? ['operation.ended'],
  services: written.services ?? ['*'],
  format: written.format ?? 'standard',
  internal: written.internal ?? false,
  channel: (written.channel ?? defaults.channel ?? first?.channel ?? '').replace(/^#/, ''),
  language: defaults.language ?? first?.language ?? 'en',
})

const windowFrom = (
  written: Written['windows'][number],
  defaults: Written['defaults'],
): readonly ChangeWindow[] => {
  const { name, services, except = [], why, cron, for: lasts, from, until, calendar } = written
  const timezone = written.timezone ?? defaults.timezone ?? 'UTC'
  const times =
    calendar !== undefined
      ? ({ kind: 'calendar', file: calendar, spans: [] } as const)
      : cron !== undefined && lasts
        ? ({ kind: 'recurring', cron, lasts } as const)
        : from && until && ({ kind: 'once', ...onceBetween(timezone, from, until) } as const)
  return times ? [defined({ name, services, except, why, timezone, times })] : []
}

const machineFrom = (
  name: string,
  { oidc, token, owner, actors, changes }: Written['machines'][string],
): Machine =>
  defined({
    name,
    oidc: oidc && { ...oidc, audience: oidc.audience ?? 'rollcall' },
    tokens: token ?? [],
    owner,
    actors,
    changesPerHour: changes,
  })

/** A service with the file's defaults under it, and Rollcall's own under those. */
const serviceFrom = (name: string, written: WrittenService, defaults: Written['defaults']): Service => {
  const { group, template, image, version, capacity } = written
  const colors = colorsFrom(written.colors)
  const usual = colors ? 'blue-green' : 'refresh'
  const fitting = strategiesOf(colors ? { colors } : {})
  const fallback = defaults.strategy && fitting.includes(defaults.strategy) ? defaults.strategy : usual
  return defined({
    name,
    where: defined({
      region: written.region ?? defaults.region ?? '',
      role: written.role ?? defaults.role,
      // One that goes with another role says nothing to this one.
      externalId: written.external_id ?? (written.role === undefined ? defaults.external_id : undefined),
    }),
    timezone: written.timezone ?? defaults.timezone ?? 'UTC',
    channel: (written.channel ?? defaults.channel ?? '').replace(/^#/, ''),
    language: written.language ?? defaults.language ?? 'en',
    group,
    colors,
    template,
    image:
      image &&
      defined({ ...image, from: sourceFrom(image.from), newest: image.newest && defined(image.newest) }),
    versionTag: version?.tag,
    strategy: written.strategy ?? fallback,
    capacity: capacity && defined(capacity),
    gate: defined({
      bake: written.gate?.bake ?? defaults.gate?.bake ?? 60 * second,
      timeout: written.gate?.timeout ?? defaults.gate?.timeout ?? 20 * minute,
      healthy: written.gate?.healthy ?? defaults.gate?.healthy,
    }),
    boot: written.boot ?? defaults.boot,
    surge: written.surge ?? defaults.surge ?? 200,
    confirm: written.confirm ?? defaults.confirm ?? false,
    standby: colors && (written.standby ?? defaults.standby ?? hour),
    prices: written.prices ?? defaults.prices,
    alarms: written.alarms,
    checks: written.checks && checksFrom(written.checks),
    fleet: written.fleet && blueprintFrom(written.fleet),
    keep: {
      count: written.keep?.count ?? defaults.keep?.count ?? defaultRetention.count,
      for: written.keep?.for ?? defaults.keep?.for ?? defaultRetention.for,
    },
  })
}

const checksFrom = ({ least, unsure, ...named }: NonNullable<WrittenService['checks']>): Checks =>
  defined({ ...named, least: least ?? 100, unsure: unsure ?? 'hold' })

const colorsFrom = (colors: WrittenService['colors']): ColorGroups | undefined => {
  if (colors?.prefix !== undefined && colors.tag) return { prefix: colors.prefix, tag: colors.tag }
  return colors?.blue && colors.green && { blue: asWritten(colors.blue), green: asWritten(colors.green) }
}

const asWritten = (names: readonly string[]): string | readonly string[] =>
  names.length === 1 && names[0] !== undefined ? names[0] : names

const sourceFrom = (from: NonNullable<WrittenService['image']>['from']): ImageSource | undefined => {
  if (from?.instance !== undefined) return { instance: from.instance }
  return from?.tag && { tag: from.tag }
}
