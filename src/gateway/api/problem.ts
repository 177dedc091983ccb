import type { Locale } from '../../messages/locale'
import { doorSentences } from '../../messages/door/problems'
import { parseErrorText, reasonText } from '../../messages/door/texts'
import { doorProblems, type DoorProblemCode, type DoorProblemFacts } from '../../domain/door/problem'
import type { ParseError } from '../../domain/interaction/command'
import type { Reason } from '../../domain/reasons/reason'
import type { ReasonCode } from '../../domain/reasons/reason-facts'
import type { ApiResponse } from '../../ports/api'
import { isoTime } from './operation-json'
import type { ProblemBody } from './schema'

type Fields = NonNullable<ProblemBody['errors']>

interface Said {
  readonly code: string
  readonly status: number
  readonly says: string
  readonly more?: Pick<ProblemBody, 'errors' | 'operation' | 'retryAt'>
  readonly headers?: Readonly<Record<string, string>>
}

/** RFC 9457, "Problem Details for HTTP APIs". The type is a name of its own, not an address to be followed. */
const problem = ({ code, status, says, more = {}, headers = {} }: Said): ApiResponse => {
  const body: ProblemBody = {
    type: `urn:rollcall:problem:${code}`,
    title: titleOf(code),
    status,
    detail: says,
    code,
    says,
    ...more,
  }
  return { status, headers: { 'content-type': 'application/problem+json', ...headers }, body }
}

const titleOf = (code: string): string => {
  const text = code.replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Seconds after which a call may be tried again, where it says nothing of its own. */
const usualWait = 2

/** The door's own no. */
export const doorProblem = (
  code: DoorProblemCode,
  { language }: Pick<Locale, 'language'>,
  facts: DoorProblemFacts & { readonly errors?: Fields } = {},
): ApiResponse => {
  const status = doorProblems[code]
  const { errors, ...said } = facts
  const passes = status === 503 || status === 429 || code === 'key_in_progress'
  const wait = facts.wait ?? (passes ? usualWait : undefined)
  return problem({
    code,
    status,
    says: doorSentences[code][language]({ ...said, ...(wait !== undefined && { wait }) }),
    ...(errors && { more: { errors } }),
    headers: {
      ...(wait !== undefined && { 'retry-after': String(wait) }),
      // RFC 6750, section 3: who is not known is told which scheme is asked for.
      ...(status === 401 && { 'www-authenticate': 'Bearer realm="rollcall"' }),
      ...(facts.allowed && { allow: facts.allowed.join(', ') }),
    },
  })
}

/** What is not there, and what may not be done; all else is in the way for now. */
const statusOfReason: { readonly [code in ReasonCode]?: number } = {
  not_allowed: 403,
  not_approver: 403,
  own_approval: 403,
  not_requester: 403,
  approver_not_member: 403,
  override_not_allowed: 403,
  reason_missing: 400,
  ticket_missing: 400,
  unknown_operation: 404,
  record_unreadable: 500,
}

/** A no that chat gives too, in the same words. */
export const reasonProblem = (reason: Reason, locale: Locale): ApiResponse => {
  const { operation, until } = reason.facts
  // Of a lock nobody knows whether it is over by then, nor of anything else.
  const opens = reason.code === 'window_closed' && typeof until === 'number' ? until : undefined
  return problem({
    code: reason.code,
    status: statusOfReason[reason.code] ?? 409,
    says: reasonText(reason, locale),
    more: {
      ...(typeof operation === 'string' && { operation }),
      ...(opens !== undefined && { retryAt: isoTime(opens) }),
    },
  })
}

/** What was asked cannot be understood, as chat would say it. */
export const parseProblem = (
  parseError: ParseError,
  field: string | undefined,
  locale: Locale,
): ApiResponse => {
  const says = parseErrorText(parseError, locale)
  return problem({
    code: parseError.code,
    status: 400,
    says,
    ...(field !== undefined && { more: { errors: [{ pointer: `/${field}`, detail: says }] } }),
  })
}

/** A service that the catalogue does not have, as what an address leads to. */
export const unknownServiceProblem = (parseError: ParseError, locale: Locale): ApiResponse =>
  problem({ code: parseError.code, status: 404, says: parseErrorText(parseError, locale) })
