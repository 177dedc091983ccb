import type { Values, Wish } from './arguments/commands'
import { isFields, listIn, textIn, type Fields } from './door/json'
import { readOperation } from './door/operation'
import { exitCode, type ExitCode } from './exit-code'
import { tellProblem, type Session } from './session'
import { progressOf } from './show/operation'

/** Reads what there is: services with what they serve, or the operations of late. One line each. */
export const look = async (
  session: Session,
  wish: Extract<Wish, { kind: 'status' | 'history' }>,
  values: Values,
): Promise<ExitCode> => {
  const { copy, printer } = session
  const asked = await session.door.ask({
    method: 'GET',
    path: pathOf(wish, values),
    token: session.token,
    retryFor: 10_000,
    answerWithin: 30_000,
    signal: new AbortController().signal,
    again: session.again,
  })
  if (!asked.ok) return 'problem' in asked ? tellProblem(session, asked.problem, 'read') : exitCode.notReached
  const { body } = asked.answer
  const found = itemsIn(body)
  for (const item of found) {
    printer.object(item)
    const operation = wish.kind === 'history' ? readOperation(item) : undefined
    printer.line(operation ? progressOf(copy, operation) : serviceLine(item))
  }
  if (found.length === 0) printer.line(copy.nothing)
  return exitCode.succeeded
}

const pathOf = (wish: Extract<Wish, { kind: 'status' | 'history' }>, { limit }: Values): string => {
  if (wish.kind === 'status')
    return wish.service === undefined ? '/services' : `/services/${encodeURIComponent(wish.service)}`
  const query = new URLSearchParams({
    ...(wish.service !== undefined && { service: wish.service }),
    ...(typeof limit === 'string' && { limit }),
  }).toString()
  return query === '' ? '/history' : `/history?${query}`
}

/** The things in an answer: the list that it holds under whatever name, or the answer itself. */
const itemsIn = (body: unknown): readonly Fields[] => {
  if (Array.isArray(body)) return body.filter(isFields)
  if (!isFields(body)) return []
  return listIn(body, 'services') ?? listIn(body, 'operations') ?? [body]
}

/** A service by its name and what the door says of it. */
const serviceLine = (service: Fields): string => {
  const name = textIn(service, 'name') ?? ''
  const says = textIn(service, 'says') ?? textIn(service, 'version') ?? ''
  return says.startsWith(name) ? says : `${name} · ${says}`
}
