import type { Operation } from '../../domain/operation/operation'
import type { Locale } from '../locale'
import { when } from '../text/moments'
import { duration } from '../text/numbers'
import { who } from '../text/who'
import { code, joined, nothing, say, type Phrase } from '../text/phrase'
import { sign, statusPhrase, title } from './title'

/** An operation in one line: what, how it stands or ended, how long, who, when, its id. For lists. */
export function operationSummary(operation: Operation, locale: Locale): Phrase {
  const { startedAt, ending } = operation
  const span = startedAt === undefined ? undefined : (ending?.at ?? locale.now) - startedAt
  return joined(
    [
      say`${sign(operation)} ${title(operation, locale)}`,
      say`${statusPhrase(operation, locale)}`,
      span === undefined ? nothing : say`${duration(span, locale.language)}`,
      who(operation.requester),
      when(ending?.at ?? operation.createdAt, locale),
      code(operation.id),
    ],
    ' · ',
  )
}
