import { defined } from '../../domain/defined'
import { isFields, listIn, textIn, textsIn, type Fields } from './json'

export type Ending =
  | 'succeeded'
  | 'rolled_back'
  | 'failed_clean'
  | 'needs_attention'
  | 'refused'
  | 'cancelled'

/** What the program reads of an operation. `whole` is all that the door said, for `--json`. */
export interface Operation {
  readonly id: string
  readonly state: string
  /** Absent while it goes on; a word that this version may not know. */
  readonly ending?: string
  readonly code?: string
  readonly says?: string
  /** What is left in AWS, and for whom. */
  readonly left: readonly string[]
  readonly warnings: readonly string[]
  readonly tasks: readonly Task[]
  /** Where people follow it. */
  readonly url?: string
  readonly whole: Fields
}

interface Task {
  readonly title: string
  readonly state: string
  readonly detail?: string
}

/** The operation in an answer; undefined where the answer holds none. */
export const readOperation = (fields: unknown): Operation | undefined => {
  if (!isFields(fields)) return undefined
  const id = textIn(fields, 'id')
  const state = textIn(fields, 'state')
  if (id === undefined || state === undefined) return undefined
  return {
    id,
    state,
    left: textsIn(fields, 'left'),
    warnings: textsIn(fields, 'warnings'),
    tasks: (listIn(fields, 'progress') ?? []).map(taskOf),
    whole: withoutToken(fields),
    ...defined({
      ending: textIn(fields, 'ending'),
      code: textIn(fields, 'code'),
      says: textIn(fields, 'says'),
      url: textIn(fields, 'url'),
    }),
  }
}

const taskOf = (fields: Fields): Task => ({
  title: textIn(fields, 'title') ?? textIn(fields, 'task') ?? '',
  state: textIn(fields, 'state') ?? '',
  ...defined({ detail: textIn(fields, 'detail') }),
})

/** The token that reads this operation alone: it is used, and never printed. */
export const readTokenIn = (answer: unknown): string | undefined =>
  isFields(answer) ? textIn(answer, 'readToken') : undefined

const withoutToken = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'readToken'))
