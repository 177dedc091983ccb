import type { ConfirmationDialog } from '@slack/types'
import { signal } from '@preact/signals'

interface Question {
  dialog: ConfirmationDialog
  answer: (yes: boolean) => void
}

/** The confirm dialog that is open. */
export const question = signal<Question | null>(null)

/** Shows an element's confirm dialog. Gives whether the person said yes. */
export const ask = (dialog: ConfirmationDialog): Promise<boolean> =>
  new Promise((resolve) => {
    question.value = {
      dialog,
      answer: (yes) => {
        question.value = null
        resolve(yes)
      },
    }
  })
