import type { Operation } from '../../domain/operation'
import type { Voice } from '../language'
import { when } from '../text/moments'
import { duration } from '../text/numbers'
import { code, joined, mention, nothing, say, type Phrase } from '../text/phrase'
import { sign, standing, title } from './title'

/** An operation in one line: what, how it stands or ended, how long, who, when, its id. For lists. */
export function operationLine(operation: Operation, voice: Voice): Phrase {
  const { startedAt, ending } = operation
  const span = startedAt === undefined ? undefined : (ending?.at ?? voice.now) - startedAt
  return joined(
    [
      say`${sign(operation)} ${title(operation, voice)}`,
      say`${standing(operation, voice)}`,
      span === undefined ? nothing : say`${duration(span, voice.language)}`,
      mention(operation.requester.user),
      when(ending?.at ?? operation.createdAt, voice),
      code(operation.id),
    ],
    ' · ',
  )
}
