import { z } from 'zod'
import { defined } from '../domain/defined'
import { isAction } from '../messages/actions'
import type { FormMemory } from '../messages/forms/memory'
import type { OpenForm } from '../ports/inbox'

const shape = z.object({
  form: z.string().optional(),
  channel: z.string().optional(),
  event: z.string().optional(),
  zone: z.string().optional(),
  start: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
})

/** Reads a form's `private_metadata`, which messages/forms writes; nothing where it is not ours to read. */
export const remembered = ({ metadata }: Pick<OpenForm, 'metadata'>): FormMemory => {
  try {
    const { form, ...rest } = shape.parse(JSON.parse(metadata))
    return { ...(isAction(form) && { form }), ...defined(rest) }
  } catch {
    return {}
  }
}
