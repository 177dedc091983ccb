import type { Action } from '../../domain/catalogue'
import { isAction } from '../actions'

/** What a form remembers in its `private_metadata` while it is open. Readable by its user: no secrets. */
export interface FormMemory {
  readonly form?: Action
  /** The channel it was opened from, where what it starts is told. */
  readonly channel?: string
}

export const packMemory = (memory: FormMemory): string => JSON.stringify(memory)

/** What an open form remembered; nothing of what is not ours. */
export function readMemory(metadata: string): FormMemory {
  try {
    const found: unknown = JSON.parse(metadata)
    if (typeof found !== 'object' || found === null) return {}
    const { form, channel } = found as { form?: unknown; channel?: unknown }
    return {
      ...(isAction(form) && { form }),
      ...(typeof channel === 'string' && { channel }),
    }
  } catch {
    return {}
  }
}

/** What was filled in, by block_id: as the port `inbox` gives it. */
export type Filled = Readonly<Record<string, string | readonly string[]>>

/** A single filled value, without the space around it; empty where nothing was filled in. */
export const filled = (values: Filled, id: string): string => {
  const value = values[id]
  return typeof value === 'string' ? value.trim() : ''
}
export const isTicked = (values: Filled, id: string, value: string): boolean => {
  const ticked = values[id]
  return typeof ticked === 'string' ? ticked === value : (ticked?.includes(value) ?? false)
}

/** A filled form, understood; or what to correct, by block_id. */
export type Read<T> =
  | { readonly ok: true; readonly command: T }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> }
