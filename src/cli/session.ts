import type { Values } from './arguments/commands'
import type { Copy, Language } from './copy/copy'
import { doorClient, type DoorClient, type Problem } from './door/client'
import { exitCode, exitOfStatus, type ExitCode } from './exit-code'
import { writeDuration } from '../domain/time/duration'
import type { Printer } from './show/printer'
import type { Surroundings } from './surroundings'

/** A line's dealings with one door. */
export interface Session {
  readonly surroundings: Surroundings
  readonly copy: Copy
  readonly printer: Printer
  readonly door: DoorClient
  /** The door's address, for sentences. */
  readonly url: string
  readonly token: string
  readonly again: (why: string, inMilliseconds: number) => void
}

/** Where the door is and who asks; a note about what is missing, and no session. */
export const sessionOf = (
  surroundings: Surroundings,
  { code, copy }: Language,
  printer: Printer,
  values: Values,
): Session | undefined => {
  const { environment } = surroundings
  const given = (typeof values.url === 'string' ? values.url : environment['ROLLCALL_URL'])?.trim()
  const token = environment['ROLLCALL_TOKEN']?.trim()
  const wrong = (sentence: string): undefined => {
    printer.note(sentence)
    printer.object({ code: 'wrong_use', detail: sentence })
    return undefined
  }
  if (!given) return wrong(copy.noUrl)
  const url = addressIn(given)
  if (!url) return wrong(copy.badUrl(given.replace(/\/\/[^/]*@/, '//…@')))
  if (!token) return wrong(copy.noToken)
  // A token with other signs cannot be sent in a header (RFC 6750, 2.1: b64token).
  if (!/^[\x21-\x7e]+$/.test(token)) return wrong(copy.badToken)
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) printer.note(copy.inTheClear(url.host))
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')}`
  return {
    surroundings,
    copy,
    printer,
    url: base,
    token,
    door: doorClient(base, code, surroundings),
    again: (why, pause) => printer.note(copy.again(why, writeDuration(Math.max(1000, pause)))),
  }
}

const addressIn = (text: string): URL | undefined => {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const fits = /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  return fits ? url : undefined
}

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host)

/** Says why an answer is no success, and what the program ends with. */
export const tellProblem = (
  { copy, printer, url }: Session,
  problem: Problem,
  asked: 'change' | 'read',
): ExitCode => {
  const { status, code, detail } = problem
  printer.object(problem.whole ?? { code, detail, ...(status !== undefined && { status }) })
  if (code === 'not_a_door' || (status !== undefined && status >= 300 && status < 400)) {
    printer.note(copy.notADoor(url, detail))
    return exitCode.notReached
  }
  if (status === undefined) {
    printer.note(copy.notReached(url, detail))
    return exitCode.notReached
  }
  const exit = exitOfStatus(status, asked)
  const says = code === undefined ? detail : `${detail} (${code})`
  printer.note(
    status === 401
      ? copy.notKnown(says)
      : exit === exitCode.refused
        ? copy.refused(says)
        : exit === exitCode.wrongUse
          ? copy.wrongUse(says)
          : copy.notReached(url, says),
  )
  for (const line of pointersIn(problem)) printer.note(line)
  return exit
}

/** Which parts of a body were not understood (`errors` of the problem). */
const pointersIn = ({ whole }: Problem): readonly string[] => {
  const errors = whole?.['errors']
  if (!Array.isArray(errors)) return []
  return errors.flatMap((error: unknown) =>
    typeof error === 'object' && error !== null && 'detail' in error && typeof error.detail === 'string'
      ? [
          `  ${'pointer' in error && typeof error.pointer === 'string' ? `${error.pointer}: ` : ''}${error.detail}`,
        ]
      : [],
  )
}
