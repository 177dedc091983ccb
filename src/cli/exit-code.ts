import type { Ending } from './door/operation'

/** What the program ends with. Pipelines rely on these: docs/ci.md lists them, and they stay as they are. */
export const exitCode = {
  succeeded: 0,
  failed: 1,
  wrongUse: 2,
  refused: 3,
  needsAttention: 4,
  cancelled: 5,
  stillGoing: 6,
  notReached: 7,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

const ofEnding: Readonly<Record<Ending, ExitCode>> = {
  succeeded: exitCode.succeeded,
  rolled_back: exitCode.failed,
  failed_clean: exitCode.failed,
  needs_attention: exitCode.needsAttention,
  refused: exitCode.refused,
  cancelled: exitCode.cancelled,
}

/** An ending that this version does not know is never taken for a success. */
export const exitOfEnding = (ending: string): ExitCode =>
  Object.hasOwn(ofEnding, ending) ? ofEnding[ending as Ending] : exitCode.notReached

/** Which of them an answer amounts to that is no success: 401 is nobody known, 403, 409 and 423 are a refusal. */
export const exitOfStatus = (status: number, asked: 'change' | 'read'): ExitCode => {
  if (status === 403 || status === 409 || status === 423) return exitCode.refused
  if (status === 404 && asked === 'read') return exitCode.notReached
  if (
    status === 400 ||
    status === 404 ||
    status === 405 ||
    status === 413 ||
    status === 415 ||
    status === 422
  )
    return exitCode.wrongUse
  return exitCode.notReached
}
