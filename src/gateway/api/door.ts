import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { askableActions } from '../../commands/structured'
import type { DoorProblemCode } from '../../domain/door/problem'
import { reason } from '../../domain/reasons/reason'
import type { ApiRequest, ApiResponse, Door } from '../../ports/api'
import { StoreUnavailable, UnreadableRecord } from '../../ports/failure'
import { authenticate, type Caller } from './authenticate'
import { languageOf, localeFor, json } from './call'
import type { ApiDeps } from './deps'
import { openApi } from './openapi'
import { OperationWaits } from './operation-waits'
import { doorProblem, reasonProblem } from './problem'
import { askForm, type Route, routes } from './routes'

/**
 * Calls of one machine in a real minute: those that may change something, and all others. How many of the former do change
 * something is counted by the hour, in `ask`.
 */
const rates = { asks: 3_000, reads: 1_200 }
const rateWindow = 60_000

const documentPath = '/v1/openapi.json'

/** The door: HTTP in, HTTP out, and what chat would do in between. */
export const createDoor = (deps: ApiDeps): Door => {
  const waits = new OperationWaits(deps.journal, deps.time)
  return async (request) => {
    const readsIn = languageOf(request.headers['accept-language'])
    const locale = localeFor({ deps, readsIn })
    try {
      const answer = await handle({ ...deps }, request, waits)
      return answer.status < 400 ? answer : withInstance(answer, request)
    } catch (error) {
      if (error instanceof StoreUnavailable) {
        deps.log.warn({ error: error.message }, 'a call was refused: the store cannot be reached')
        return withInstance(doorProblem('store_unavailable', locale), request)
      }
      if (error instanceof UnreadableRecord)
        return withInstance(
          reasonProblem(reason('record_unreadable', { record: error.record }), locale),
          request,
        )
      const reference = randomUUID().slice(0, 8)
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
      deps.log.error({ reference, error: stack }, 'unexpected error at the door')
      return withInstance(doorProblem('unexpected', locale, { reference }), request)
    }
  }
}

const withInstance = (answer: ApiResponse, { path }: ApiRequest): ApiResponse => ({
  ...answer,
  body: { ...answer.body, instance: path },
})

const handle = async (deps: ApiDeps, request: ApiRequest, waits: OperationWaits): Promise<ApiResponse> => {
  const readsIn = languageOf(request.headers['accept-language'])
  const locale = localeFor({ deps, readsIn })
  if (request.path === documentPath)
    return request.method === 'GET'
      ? json(200, openApi())
      : doorProblem('method_not_allowed', locale, { allowed: ['GET'] })
  const here = routes.flatMap((route) => {
    const params = matched(route.path, request.path)
    return params ? [{ route, params }] : []
  })
  const found = here.find(({ route }) => route.method === request.method)
  if (!found) {
    const allowed = here.map(({ route }) => route.method)
    return allowed.length > 0
      ? doorProblem('method_not_allowed', locale, { allowed })
      : doorProblem('not_found', locale)
  }
  const { route, params } = found
  const known = await authenticate(deps, request)
  if (!known.ok) {
    deps.log.info(
      { code: known.reason, method: request.method, path: request.path },
      'a caller was turned away',
    )
    return doorProblem(known.reason, locale)
  }
  const caller = known.value
  const wait = await overRate(deps, route, caller)
  if (wait > 0) return doorProblem('too_many_requests', locale, { wait: Math.ceil(wait / 1_000) })
  if (caller.kind === 'reader' && !route.readers) return doorProblem('read_token_only', locale)

  const query = route.query.safeParse(Object.fromEntries(request.query))
  if (!query.success) return doorProblem('invalid_request', locale, { errors: fieldsOf(query.error) })
  const body = route.asks ? bodyOf(request) : { ok: true as const, value: undefined }
  if (!body.ok) return doorProblem(body.code, locale, body.errors && { errors: body.errors })
  const call = { deps, request, caller, params, query: query.data, body: body.value, readsIn }
  return route.handle(call as Parameters<Route['handle']>[0], waits)
}

/** The names in a path's braces with what stands there; undefined where the path is another. */
const matched = (pattern: string, path: string): Readonly<Record<string, string>> | undefined => {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [at, part] of wanted.entries()) {
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? []
    const value = given[at] ?? ''
    if (name === undefined ? part !== value : !/^[A-Za-z0-9_.-]{1,64}$/.test(value)) return undefined
    if (name !== undefined) params[name] = value
  }
  return params
}

const overRate = ({ apiRecords }: ApiDeps, { changes }: Route, caller: Caller): Promise<number> => {
  const who = caller.kind === 'machine' ? caller.person.user : `reader:${caller.operation}`
  return apiRecords.count(
    `${changes ? 'ask' : 'read'}:${who}`,
    changes ? rates.asks : rates.reads,
    rateWindow,
  )
}

type Fields = { pointer: string; detail: string }[]
type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: DoorProblemCode; readonly errors?: Fields }

const bodyOf = ({ headers, body }: ApiRequest): Body => {
  if (body === 'too large') return { ok: false, code: 'body_too_large' }
  if (!/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? ''))
    return { ok: false, code: 'not_json_type' }
  let value: unknown
  try {
    value = JSON.parse(body.text)
  } catch {
    return { ok: false, code: 'not_json' }
  }
  const action = typeof value === 'object' && value !== null && 'action' in value ? value.action : undefined
  const form = askForm(action)
  if (!form) {
    const detail = `one of ${askableActions.join(', ')}`
    return { ok: false, code: 'invalid_request', errors: [{ pointer: '/action', detail }] }
  }
  const read = form.safeParse(value, { reportInput: true })
  return read.success
    ? { ok: true, value: read.data }
    : { ok: false, code: 'invalid_request', errors: fieldsOf(read.error) }
}

/** RFC 6901, section 3. */
const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const isMissing = (issue: z.core.$ZodIssue): boolean =>
  (issue.code === 'invalid_type' || issue.code === 'invalid_union') && issue.input === undefined

const fieldsOf = ({ issues }: z.ZodError): Fields =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: pointer([...issue.path, key]), detail: 'is not known here' }))
      : [{ pointer: pointer(issue.path), detail: isMissing(issue) ? 'is missing' : issue.message }],
  )
