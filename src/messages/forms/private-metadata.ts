import type { Action } from '../../domain/access/action'

/** What a form remembers in its `private_metadata` while it is open. Readable by its user: no secrets. */
export interface FormMetadata {
  readonly form?: Action
  /** The channel it was opened from, where what it starts is told. */
  readonly channel?: string
  /** The event that is changed. */
  readonly event?: string
  /** The operation whose plan is confirmed, that plan, and the service's name that has to be typed for it. */
  readonly operation?: string
  readonly fingerprint?: string
  readonly service?: string
  /** The zone that its times are in. */
  readonly zone?: string
  /** When the event that is changed begins, as its fields have it. */
  readonly start?: string
  /** The bounds of the group. */
  readonly min?: number
  readonly max?: number
  /** The line of chat that a closed window holds. */
  readonly line?: string
}

const metadataKeys = [
  'form',
  'channel',
  'event',
  'operation',
  'fingerprint',
  'service',
  'zone',
  'start',
  'min',
  'max',
  'line',
] as const

export const packMetadata = (metadata: FormMetadata): string =>
  JSON.stringify(
    Object.fromEntries(
      metadataKeys.flatMap((name) => (metadata[name] === undefined ? [] : [[name, metadata[name]]])),
    ),
  )
