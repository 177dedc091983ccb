import { z } from 'zod'
import type { Action } from '../domain/catalogue'
import { isAction } from '../messages/actions'
import type { OpenForm } from '../ports/inbox'

/** What an open form remembers: the command it is for, and where it was opened. */
export interface FormMemory {
  readonly form?: Action
  readonly channel?: string
}

const shape = z.object({ form: z.string().optional(), channel: z.string().optional() })

/** Reads a form's `private_metadata`, which messages/forms writes; nothing where it is not ours to read. */
export const remembered = ({ metadata }: Pick<OpenForm, 'metadata'>): FormMemory => {
  try {
    const { form, channel } = shape.parse(JSON.parse(metadata))
    return {
      ...(isAction(form) && { form }),
      ...(channel !== undefined && { channel }),
    }
  } catch {
    return {}
  }
}
