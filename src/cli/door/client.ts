import type { Surroundings } from '../surroundings'
import { isFields, textIn, type Fields } from './json'

/** Why an answer is no success; `code` is the door's reason, or one of ours where nobody answered. */
export interface Problem {
  readonly status?: number
  readonly code?: string
  readonly detail: string
  /** The problem document as it came (RFC 9457), for `--json`. */
  readonly whole?: Fields
}

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly etag?: string
}

export type Asked =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly problem: Problem }
  | { readonly ok: false; readonly interrupted: true }

interface Question {
  readonly method: 'GET' | 'POST'
  /** With the query, behind `/v1`. */
  readonly path: string
  readonly token: string | undefined
  readonly body?: Fields
  readonly key?: string
  readonly etag?: string
  /** For how long it is tried again, in milliseconds. */
  readonly retryFor: number
  /** For how long one try may take. */
  readonly answerWithin: number
  readonly signal: AbortSignal
  /** Told before each new try. */
  readonly again: (why: string, inMilliseconds: number) => void
}

export interface DoorClient {
  ask(question: Question): Promise<Asked>
}

/** Answers after which the same question may be asked again: nothing was decided. */
const passing = new Set([429, 500, 502, 503, 504])
/** The code of an answer to a key whose first question is still being worked on. */
const inProgress = 'key_in_progress'
const firstPause = 500
const longestPause = 15_000
const longestRetryAfter = 60_000

/**
 * Asks the door, and asks again while nobody answers. A change carries its `Idempotency-Key` each time, so that it is
 * recorded once however often it is sent (draft-ietf-httpapi-idempotency-key-header).
 */
export const doorClient = (base: string, language: string, surroundings: Surroundings): DoorClient => ({
  async ask(question) {
    const { signal } = question
    const until = surroundings.elapsed() + question.retryFor
    for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
      const tried = await tryOnce(base, language, surroundings, question)
      if (signal.aborted) return { ok: false, interrupted: true }
      if ('answer' in tried || !tried.passing) return tried
      const wait = tried.retryAfter ?? pause * (0.5 + surroundings.chance() / 2)
      if (surroundings.elapsed() + wait > until) return tried
      question.again(tried.problem.detail, wait)
      await surroundings.sleep(wait, signal)
      if (signal.aborted) return { ok: false, interrupted: true }
    }
  },
})

type Tried =
  | { readonly ok: true; readonly answer: Answer }
  | {
      readonly ok: false
      readonly problem: Problem
      readonly passing: boolean
      readonly retryAfter?: number
    }

const tryOnce = async (
  base: string,
  language: string,
  { fetch }: Surroundings,
  question: Question,
): Promise<Tried> => {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), question.answerWithin)
  timer.unref()
  try {
    const response = await fetch(`${base}/v1${question.path}`, {
      method: question.method,
      // A redirect would take the token to an address that nobody has named.
      redirect: 'manual',
      signal: AbortSignal.any([question.signal, limit.signal]),
      headers: headersOf(question, language),
      ...(question.body && { body: JSON.stringify(question.body) }),
    })
    const text = await response.text()
    return readAnswer(response, text)
  } catch (error) {
    const { code, detail, mayPass } = networkError(error, limit.signal.aborted)
    return { ok: false, problem: { code, detail }, passing: mayPass }
  } finally {
    clearTimeout(timer)
  }
}

const headersOf = ({ token, body, key, etag }: Question, language: string): Record<string, string> => ({
  accept: 'application/json, application/problem+json',
  'accept-language': language,
  'user-agent': 'rollcall-cli',
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
  ...(body && { 'content-type': 'application/json' }),
  // A structured field of the type String stands in quotes (RFC 8941, 3.3.3).
  ...(key !== undefined && { 'idempotency-key': `"${key.replaceAll(/["\\]/g, '')}"` }),
  ...(etag !== undefined && { 'if-none-match': etag }),
})

const readAnswer = (response: Response, text: string): Tried => {
  const { status } = response
  const body = parseJson(text)
  const etag = response.headers.get('etag')
  if (response.ok || status === 304) {
    if (status !== 304 && body === undefined)
      return {
        ok: false,
        passing: false,
        problem: { status, code: 'not_a_door', detail: `${status}, not JSON` },
      }
    return { ok: true, answer: { status, body, ...(etag !== null && { etag }) } }
  }
  const fields = isFields(body) ? body : undefined
  const code = fields && textIn(fields, 'code')
  const detail = fields && (textIn(fields, 'detail') ?? textIn(fields, 'title'))
  const location = response.headers.get('location')
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  return {
    ok: false,
    passing: passing.has(status) || code === inProgress,
    ...(Number.isFinite(retryAfter) && { retryAfter: Math.min(retryAfter * 1000, longestRetryAfter) }),
    problem: {
      status,
      detail: detail ?? (location === null ? `HTTP ${status}` : `HTTP ${status} → ${location}`),
      ...(code !== undefined && { code }),
      ...(fields && { whole: fields }),
    },
  }
}

const parseJson = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** Certificates that are not accepted do not become so by asking again. */
const ofCertificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/

const networkError = (error: unknown, late: boolean) => {
  if (late) return { code: 'not_reached', detail: 'no answer in time', mayPass: true }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code =
    isFields(cause) || cause instanceof Error ? textIn(cause as unknown as Fields, 'code') : undefined
  const message = cause instanceof Error ? cause.message : String(cause)
  return {
    code: 'not_reached',
    detail:
      code !== undefined && !message.includes(code)
        ? `${code}: ${message}`
        : message || (code ?? 'fetch failed'),
    mayPass: !ofCertificate.test(code ?? ''),
  }
}
