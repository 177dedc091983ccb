/** What a webhook may be told of. The names stand in receivers' programs: none is renamed or taken away. */
export const webhookEventTypes = [
  'operation.recorded',
  'operation.awaiting_approval',
  'operation.started',
  'operation.step',
  'operation.ended',
  'service.locked',
  'service.unlocked',
  'window.closed',
  'window.opened',
  'window.overridden',
  'event.scheduled',
  'event.unscheduled',
  'event.started',
  'event.ended',
] as const
export type WebhookEventType = (typeof webhookEventTypes)[number]

export const webhookFormats = ['standard', 'cloudevents'] as const

/** A system of others' that is told of events by HTTP, as the catalogue names it. */
export interface Webhook {
  /** Unique; its outbox and its metrics have it. */
  readonly name: string
  /** May hold a secret in its path: shown to nobody. */
  readonly url: string
  /** Environment variables that hold its secrets: one, or two while the second takes the place of the first. */
  readonly secrets: readonly string[]
  readonly events: readonly WebhookEventType[]
  /** Names of services, or `*`. */
  readonly services: readonly string[]
  readonly format: (typeof webhookFormats)[number]
  /** It stands in one's own network: private addresses and plain HTTP will do. */
  readonly internal: boolean
  /** Where people are told that it takes nothing any more, and in which language. */
  readonly channel: string
  readonly language: 'en' | 'ko'
}

/** Whether a webhook wants to be told of this; what is about all services, every one wants that wants the type. */
export const wants = (
  { events, services }: Pick<Webhook, 'events' | 'services'>,
  type: WebhookEventType,
  service: string,
): boolean =>
  events.includes(type) && (service === '*' || services.includes('*') || services.includes(service))

/** Whether any webhook wants to be told of any of these types. */
export const anyWants = (
  webhooks: readonly Pick<Webhook, 'events'>[],
  types: readonly WebhookEventType[],
): boolean => webhooks.some(({ events }) => types.some((type) => events.includes(type)))
