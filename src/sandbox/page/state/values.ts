import { signal } from '@preact/signals'
import type { FieldValue, FieldValues } from '../../protocol'

/** What people chose and typed, by the message or view that holds it. */
const held = signal<Record<string, FieldValues>>({})

/** What the app found wrong with a form, by view id, then block_id. */
export const formErrors = signal<Record<string, Record<string, string>>>({})

export const valueOf = (holder: string, block: string, action: string): FieldValue | undefined =>
  held.value[holder]?.[block]?.[action]

export const setValue = (holder: string, block: string, action: string, value: FieldValue) => {
  const before = held.value[holder] ?? {}
  held.value = {
    ...held.value,
    [holder]: { ...before, [block]: { ...before[block], [action]: value } },
  }
  clearError(holder, block)
}

const clearError = (holder: string, block: string) => {
  const errors = formErrors.value[holder]
  if (errors?.[block] === undefined) return
  const { [block]: _, ...others } = errors
  formErrors.value = { ...formErrors.value, [holder]: others }
}

/** All that was chosen and typed in one holder. */
export const typedIn = (holder: string): FieldValues => held.value[holder] ?? {}
