import type { Action } from '../../domain/catalogue'

/** What a form remembers in its `private_metadata` while it is open. Readable by its user: no secrets. */
export interface FormMemory {
  readonly form?: Action
  /** The channel it was opened from, where what it starts is told. */
  readonly channel?: string
}

export const packMemory = ({ form, channel }: FormMemory): string =>
  JSON.stringify({ ...(form !== undefined && { form }), ...(channel !== undefined && { channel }) })
