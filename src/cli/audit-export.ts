import { parseDuration } from '../domain/time/duration'
import { recordCsv } from '../domain/record/csv'
import type { Values } from './arguments/commands'
import { fieldsIn, isFields, textsIn } from './door/json'
import { exitCode, type ExitCode } from './exit-code'
import { tellProblem, type Session } from './session'

/** Lines that are asked for at once: as many as the door gives. */
const page = 1_000

/** Prints the record of a time, the oldest line first, byte by byte as it was written. */
export const auditExport = async (session: Session, values: Values): Promise<ExitCode> => {
  const { surroundings, copy, printer, url } = session
  const pages: (readonly string[])[] = []
  let head = ''
  for (let before: unknown; ; ) {
    const query = new URLSearchParams({ limit: String(page) })
    for (const name of ['since', 'until'] as const) {
      const at = instantOf(values[name], surroundings.today())
      if (at !== undefined) query.set(name, at)
    }
    if (typeof before === 'number') query.set('before', String(before))
    const asked = await session.door.ask({
      method: 'GET',
      path: `/audit?${query.toString()}`,
      token: session.token,
      retryFor: 10_000,
      answerWithin: 60_000,
      signal: new AbortController().signal,
      again: session.again,
    })
    if (!asked.ok)
      return 'problem' in asked ? tellProblem(session, asked.problem, 'read') : exitCode.notReached
    const { body } = asked.answer
    if (!isFields(body) || !Array.isArray(body['lines'])) {
      printer.note(copy.notADoor(url, '/v1/audit'))
      return exitCode.notReached
    }
    pages.unshift(textsIn(body, 'lines'))
    const end = fieldsIn(body, 'head')
    // The first answer tells the end: later ones may tell of lines that are not among these.
    head ||= end ? `${String(end['sequence'])}:${String(end['hash'])}` : ''
    before = body['before']
    if (typeof before !== 'number') break
  }
  const lines = pages.flat()
  surroundings.print(values.csv === true ? recordCsv(lines) : lines.map((line) => `${line}\n`).join(''))
  printer.note(copy.exported(lines.length, head))
  return exitCode.succeeded
}

/** A day is one of UTC, as the lines have their times. */
const instantOf = (given: string | true | undefined, today: Date): string | undefined => {
  if (typeof given !== 'string') return undefined
  const span = parseDuration(given)
  return new Date(span === undefined ? Date.parse(given) : today.getTime() - span).toISOString()
}
