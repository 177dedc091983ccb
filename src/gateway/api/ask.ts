import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Asked, understandAsk } from '../../commands/structured'
import { canonicalJson } from '../../domain/json'
import type { OperationId } from '../../domain/operation/id'
import { reason } from '../../domain/reasons/reason'
import { failure, ok, type Result } from '../../domain/result'
import { planTexts } from '../../messages/door/texts'
import type { ApiResponse } from '../../ports/api'
import type { ChangeLimit } from '../../ports/api-records'
import { Dispatch, type ExecutableCommand } from '../dispatch'
import type { Reply } from '../reply'
import { readerPrefix, sha256 } from './authenticate'
import { askerOf, type Call, json, localeFor, type MachineCaller } from './call'
import { operationJson, operationPath } from './operation-json'
import { doorProblem, parseProblem, reasonProblem } from './problem'

type AskCall = Call<MachineCaller, unknown, Asked>

/** Real milliseconds: longer than operations take. An ended one is read for `readableAfterEnding` of clock time. */
const readerPeriod = 3 * 24 * 3_600_000

/** What a call came to, as it is remembered under its key. */
const outcomeForm = z.union([
  z.object({ operation: z.string() }),
  z.object({ action: z.string(), service: z.string(), says: z.string() }),
])
type Outcome = z.output<typeof outcomeForm>

/**
 * `POST /v1/operations`: what chat does with a line. A call is recognised by its machine and key: sent again it gives
 * what the first came to. Rejects with StoreUnavailable.
 */
export const ask = async (call: AskCall): Promise<ApiResponse> => {
  const { deps, body } = call
  const understood = understandAsk(body, deps.catalogue)
  if (!understood.ok) return parseProblem(understood.parseError, understood.field, localeFor(call))
  const { command } = understood
  if ('request' in command && command.dryRun) return preview(call, command)
  const key = keyIn(call.request.headers['idempotency-key'])
  if (!key.ok) return doorProblem(key.reason, localeFor(call))
  return once(call, command, sha256(`${call.caller.person.user}\n${key.value}`))
}

/** draft-ietf-httpapi-idempotency-key-header-07: a string in quotes. Without them it is understood as well. */
const keyIn = (header: string | undefined): Result<string, 'key_missing' | 'key_invalid'> => {
  const text = header?.trim()
  if (text === undefined || text === '') return failure('key_missing')
  const [, inQuotes] = /^"([\x20-\x21\x23-\x5b\x5d-\x7e]*)"$/.exec(text) ?? []
  const key = inQuotes ?? text
  return /^[\x20-\x7e]{1,200}$/.test(key) && !key.includes('"') ? ok(key) : failure('key_invalid')
}

const preview = async (call: AskCall, command: Extract<ExecutableCommand, { readonly request: unknown }>) => {
  const reply = await new Dispatch(call.deps).run(command, askerOf(call, ''))
  const { service, procedure } = command.request
  const locale = localeFor(call, service)
  if (!reply.ok || reply.plan === undefined) return refusalOf(call, reply, service)
  const { version, before, fingerprint, calls } = reply.plan
  return json(200, {
    dryRun: true,
    service,
    action: procedure,
    version,
    ...(before !== undefined && { before }),
    fingerprint,
    calls,
    ...planTexts(reply.plan, locale),
  })
}

const refusalOf = (call: AskCall, reply: Reply, service?: string): ApiResponse => {
  const locale = localeFor(call, service)
  return reply.reason ? reasonProblem(reply.reason, locale) : doorProblem('worker_silent', locale)
}

/** Changes that a machine may ask for within an hour, unless the catalogue says otherwise. */
const usualChanges = 60
const hourMs = 3_600_000

/** What goes back, stops or holds: never too many, for it is what one needs after too many of the others. */
const isAlwaysTaken = (command: ExecutableCommand): boolean =>
  command.name === 'cancel' || command.name === 'lock' || command.name === 'rollback'

/** How many changes the caller may ask for; each counts that is recorded, however often it is sent. */
const limitOf = ({ caller }: AskCall, command: ExecutableCommand): ChangeLimit | undefined =>
  isAlwaysTaken(command)
    ? undefined
    : {
        who: caller.person.user,
        most: caller.machine.changesPerHour ?? usualChanges,
        within: hourMs,
      }

/** Carries a command out, once for each key. */
const once = async (call: AskCall, command: ExecutableCommand, key: string): Promise<ApiResponse> => {
  const { deps, caller, body } = call
  const { apiRecords } = deps
  // The token of a run is good for one change, and for sending that again.
  if (caller.once && !(await apiRecords.bind(caller.once.id, key, caller.once.ms)))
    return doorProblem('token_used', localeFor(call))
  const asked = sha256(canonicalJson(body))
  const limit = limitOf(call, command)
  const begun = await apiRecords.begin(key, asked, limit)
  if (begun.kind === 'other') return doorProblem('key_reused', localeFor(call))
  if (begun.kind === 'busy') return doorProblem('key_in_progress', localeFor(call), { wait: 1 })
  if (begun.kind === 'over') {
    const wait = Math.ceil(begun.wait / 1_000)
    return doorProblem('too_many_changes', localeFor(call), { wait, ...(limit && { most: limit.most }) })
  }
  if (begun.kind === 'done') return answer(call, outcomeForm.parse(JSON.parse(begun.outcome)))
  try {
    const reply = await new Dispatch(deps).run(command, askerOf(call, deliveryOf(command, key)))
    if (!reply.ok) {
      // What was refused may be asked again: what was in the way may be gone by then.
      await apiRecords.abandon(key, limit)
      // The journal knew the key when the door did not any more.
      if (reply.reason?.code === 'message_taken') return doorProblem('key_reused', localeFor(call))
      return refusalOf(call, reply, 'service' in command ? command.service : undefined)
    }
    const outcome = outcomeOf(command, reply)
    const [answered] = await Promise.all([
      answer(call, outcome),
      // That it cannot be remembered harms nothing: the journal knows the delivery.
      apiRecords.finish(key, asked, JSON.stringify(outcome)).catch(() => {}),
    ])
    return answered
  } catch (error) {
    await apiRecords.abandon(key, limit).catch(() => {})
    throw error
  }
}

/**
 * The journal knows an operation by its delivery, for good. What starts none is known by its key alone: refused and sent
 * again it is another delivery.
 */
const deliveryOf = (command: ExecutableCommand, key: string): string =>
  'request' in command ? `api:${key}` : `api:${key}:${randomBytes(6).toString('hex')}`

const outcomeOf = (command: ExecutableCommand, reply: Reply): Outcome => {
  const operation = reply.started?.id ?? reply.told
  if (operation !== undefined) return { operation }
  return {
    action: command.name,
    service: 'service' in command ? (command.service ?? '*') : '*',
    says: reply.says ?? '',
  }
}

const answer = async (call: AskCall, outcome: Outcome): Promise<ApiResponse> =>
  'operation' in outcome ? accepted(call, outcome.operation) : json(200, outcome)

/** 202 with the operation and a token that reads it: waiting must not need the token of the run, which is short-lived. */
const accepted = async (call: AskCall, id: OperationId): Promise<ApiResponse> => {
  const { deps } = call
  const operation = await deps.journal.read(id)
  if (operation === undefined)
    return reasonProblem(reason('unknown_operation', { operation: id }), localeFor(call))
  const readToken = `${readerPrefix}${randomBytes(32).toString('base64url')}`
  const [body] = await Promise.all([
    operationJson(deps, operation, localeFor(call, operation.request.service)),
    deps.apiRecords.keepReader(sha256(readToken), id, readerPeriod),
  ])
  return json(202, { ...body, readToken }, { location: operationPath(id), 'retry-after': '2' })
}
