import { denied } from '../../domain/access/verdict'
import type { Operation } from '../../domain/operation/operation'
import { reason } from '../../domain/reasons/reason'
import { nearest } from '../../domain/interaction/nearest'
import { sequenceOf } from '../../domain/record/chain'
import { hour, second } from '../../domain/time/time'
import type { ApiResponse } from '../../ports/api'
import { actorOf } from '../deps'
import { permittedServices, statusOf } from '../queries/service-status'
import { type Call, json, localeFor, type MachineCaller } from './call'
import { operationJson } from './operation-json'
import type { OperationWaits } from './operation-waits'
import { doorProblem, reasonProblem, unknownServiceProblem } from './problem'
import { serviceJson } from './service-json'

/** Clock time for which an operation's own token reads it after its ending. */
const readableAfterEnding = hour

/** Ended operations that pages are made of: as many as the store keeps of one service. */
const pagedThrough = 200

/** `GET /v1/operations/{id}`, at once or at the next change. Rejects with StoreUnavailable. */
export const readOperation = async (
  call: Call<Call['caller'], { readonly wait: number }>,
  waits: OperationWaits,
): Promise<ApiResponse> => {
  const { deps, params, request, query } = call
  const { id = '' } = params
  const found = await deps.journal.read(id)
  if (found === undefined) return unknown(call, id)
  const no = await unreadable(call, found)
  if (no) return no
  const seen = request.headers['if-none-match']
  if (seen === undefined || !names(seen, found)) return told(call, found)
  if (query.wait === 0 || found.ending) return notModified(found)
  if (waits.full) return doorProblem('door_busy', localeFor(call), { wait: 5 })
  const changed = await waits.next(id, found.revision, query.wait * second, request.gone)
  return changed === undefined ? notModified(found) : told(call, changed)
}

/** Weak: the sentences tell of time that passes, which is no change of the operation. */
const tagOf = ({ revision }: Operation): string => `W/"${revision}"`

/** RFC 9110, section 13.1.2: compared weakly. */
const names = (header: string, operation: Operation): boolean =>
  header
    .split(',')
    .some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === tagOf(operation).slice(2))

const notModified = (operation: Operation): ApiResponse => ({
  status: 304,
  headers: { etag: tagOf(operation) },
})

const told = async (call: Call, operation: Operation): Promise<ApiResponse> => {
  const body = await operationJson(call.deps, operation, localeFor(call, operation.request.service))
  return json(200, body, { etag: tagOf(operation), ...(!operation.ending && { 'retry-after': '2' }) })
}

const unknown = (call: Call, id: string): ApiResponse =>
  reasonProblem(reason('unknown_operation', { operation: id }), localeFor(call))

/** Why this caller may not read this operation. */
const unreadable = async (
  { deps, caller, readsIn }: Call,
  operation: Operation,
): Promise<ApiResponse | undefined> => {
  const { service } = operation.request
  const locale = localeFor({ deps, readsIn }, service)
  if (caller.kind === 'reader') {
    if (caller.operation !== operation.id) return doorProblem('read_token_only', locale)
    const over = operation.ending && deps.clock.now() > operation.ending.at + readableAfterEnding
    return over ? doorProblem('token_expired', locale) : undefined
  }
  // What one has asked for oneself, one may look at.
  if (operation.requester.user === caller.person.user) return undefined
  const no = denied(deps.catalogue, 'show', service, await actorOf(deps, caller.person))
  return no && reasonProblem(no, locale)
}

/** `GET /v1/services`: those that the caller may look at. Rejects with StoreUnavailable. */
export const readServices = async (call: Call<MachineCaller>): Promise<ApiResponse> => {
  const { deps } = call
  const names = permittedServices(deps, 'status', await actorOf(deps, call.caller.person))
  return json(200, { services: await servicesOf(call, names) })
}

/** `GET /v1/services/{name}`. Rejects with StoreUnavailable. */
export const readService = async (call: Call<MachineCaller>): Promise<ApiResponse> => {
  const { deps, params } = call
  const { name = '' } = params
  if (!deps.catalogue.services.has(name)) return unknownService(call, name)
  const no = denied(deps.catalogue, 'status', name, await actorOf(deps, call.caller.person))
  if (no) return reasonProblem(no, localeFor(call, name))
  const [service] = await servicesOf(call, [name])
  return service ? json(200, service) : unknownService(call, name)
}

const unknownService = (call: Call<MachineCaller>, word: string): ApiResponse => {
  const known = [...call.deps.catalogue.services.keys()]
  const near = nearest(word, known)
  return unknownServiceProblem(
    { code: 'unknown_service', word, known, ...(near !== undefined && { nearest: near }) },
    localeFor(call),
  )
}

const servicesOf = async (call: Call, names: readonly string[]) => {
  const { deps } = call
  const statuses = names.length === 0 ? [] : await statusOf(deps, names)
  return statuses.flatMap((status) => {
    const service = deps.catalogue.services.get(status.service)
    return service ? [serviceJson(service, status, localeFor(call, service.name))] : []
  })
}

interface AuditQuery {
  readonly since?: string | undefined
  readonly until?: string | undefined
  readonly before?: number | undefined
  readonly limit: number
}

/** `GET /v1/audit`: the record's own lines, byte by byte. It tells of all services. Rejects with StoreUnavailable. */
export const readAudit = async (call: Call<MachineCaller, AuditQuery>): Promise<ApiResponse> => {
  const { deps, query } = call
  const { since, until, before, limit } = query
  const no = denied(deps.catalogue, 'history', '*', await actorOf(deps, call.caller.person))
  if (no) return reasonProblem(no, localeFor(call))
  const lines = await deps.record.lines({
    most: limit,
    ...(since !== undefined && { since: Date.parse(since) }),
    ...(until !== undefined && { until: Date.parse(until) }),
    ...(before !== undefined && { before }),
  })
  const first = lines[0] === undefined ? 0 : sequenceOf(lines[0])
  return json(200, {
    lines,
    head: await deps.record.head(),
    ...(lines.length === limit && first > 1 && { before: first }),
  })
}

interface HistoryQuery {
  readonly service?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** `GET /v1/history`: what ended, the newest first. Rejects with StoreUnavailable. */
export const readHistory = async (call: Call<MachineCaller, HistoryQuery>): Promise<ApiResponse> => {
  const { deps, query } = call
  const { service, limit, cursor } = query
  const actor = await actorOf(deps, call.caller.person)
  if (service !== undefined) {
    if (!deps.catalogue.services.has(service)) return unknownService(call, service)
    const no = denied(deps.catalogue, 'history', service, actor)
    if (no) return reasonProblem(no, localeFor(call, service))
  }
  const permitted = permittedServices(deps, 'history', actor)
  const ended = (await deps.journal.readableHistory(service, pagedThrough)).filter(({ request }) =>
    permitted.includes(request.service),
  )
  // The cursor is the last one that was shown: what ended since does not move the pages.
  const from = cursor === undefined ? 0 : ended.findIndex(({ id }) => id === cursor) + 1
  if (cursor !== undefined && from === 0)
    return reasonProblem(reason('unknown_operation', { operation: cursor }), localeFor(call))
  const page = ended.slice(from, from + limit)
  const last = page.at(-1)
  const operations = await Promise.all(
    page.map((operation) => operationJson(deps, operation, localeFor(call, operation.request.service))),
  )
  return json(200, { operations, ...(last && from + limit < ended.length && { next: last.id }) })
}
