import { z } from 'zod'
import type { Action } from '../domain/catalogue'
import type { OpenForm } from '../ports/inbox'

/** What an open form remembers in its `private_metadata`: the command it is for and where it was opened. */
export interface FormMemory {
  readonly form?: Action
  readonly channel?: string
}

const shape = z.object({ form: z.string().optional(), channel: z.string().optional() })

export const remember = (memory: FormMemory): string => JSON.stringify(memory)

/** Reads what a form remembers; nothing where it is not ours to read. */
export const remembered = ({ metadata }: Pick<OpenForm, 'metadata'>): FormMemory => {
  try {
    const { form, channel } = shape.parse(JSON.parse(metadata))
    return {
      ...(form !== undefined && { form: form as Action }),
      ...(channel !== undefined && { channel }),
    }
  } catch {
    return {}
  }
}
