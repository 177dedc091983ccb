import { z } from 'zod'
import { defined } from '../../domain/defined'
import { isAction } from '../../messages/text/action-names'
import type { FormMetadata } from '../../messages/forms/private-metadata'
import type { OpenForm } from '../../ports/inbox'

const schema = z.object({
  form: z.string().optional(),
  channel: z.string().optional(),
  event: z.string().optional(),
  operation: z.string().optional(),
  fingerprint: z.string().optional(),
  service: z.string().optional(),
  zone: z.string().optional(),
  start: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  line: z.string().optional(),
})

/** Reads a form's `private_metadata`, which messages/forms writes; nothing where it is not ours to read. */
export const readMetadata = ({ metadata }: Pick<OpenForm, 'metadata'>): FormMetadata => {
  try {
    const { form, ...fields } = schema.parse(JSON.parse(metadata))
    return { ...(isAction(form) && { form }), ...defined(fields) }
  } catch {
    return {}
  }
}
