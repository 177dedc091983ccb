import type { Operation } from '../../domain/operation/operation'
import type { Plan } from '../../domain/operation/plan'
import type { Request } from '../../domain/operation/request'
import type { Language } from '../../domain/catalogue/catalogue'
import type { ButtonSpec } from '../kit/blocks'
import type { Locale } from '../locale'
import type { Phrase } from '../text/phrase'

/** An operation of one procedure. */
type Done<Asked extends Request> = Operation & { readonly request: Asked }

/** The words for what cannot be undone, before it is done and when it fails midway. */
interface FinalWords {
  /** Label of the button that runs the plan. */
  readonly run: string
  readonly ask: string
  readonly text: string
  readonly yes: string
  /** What is said where not all could be done. */
  readonly attention: Phrase
  /** What is said where it was cancelled midway, where the fleet is not as it was. */
  readonly cancelled?: Phrase
}

/** How people see a procedure: all of it that is not the same for every one. What a plan shows follows from its parts. */
export interface ProcedureView<Asked extends Request = Request> {
  /** What it is: procedure, service and version, as far as they are known. */
  title(request: Asked, plan: Plan | undefined, locale: Locale): Phrase
  /** What it says when it has succeeded. */
  success(operation: Done<Asked>, locale: Locale): Phrase
  /** The command that asks for it, as it would be typed. */
  commandText(request: Asked, reason: string): string
  /** Its own buttons under its ended message; none when absent. */
  buttons?(operation: Done<Asked>, locale: Locale): readonly ButtonSpec[]
  /** What a rollback of it does to a service with one group, where it is not a rolling replacement. */
  rollbackText?(service: string, to: string, language: Language): Phrase
  /** What is said of a failure, where what is put back, or left, is no fleet that served before. */
  failureWords?(
    service: Phrase,
    language: Language,
  ): { readonly restored: Phrase; readonly kept: Phrase; readonly attention: Phrase }
  /** For what cannot be undone. */
  finalWords?(language: Language): FinalWords
}
