import type { Obj } from '../json'
import type { Faults } from '../faults'
import { findChannel } from '../workspace/find'
import type { Args } from './args'
import { createArgs } from './args'
import { ApiError } from './error'
import type { Limits } from './limits'
import type { Context, Method } from './method'
import { methods } from './registry'

/** An answer of the Web API: its HTTP status, headers and JSON. */
export interface Answer {
  status: number
  headers: { [name: string]: string }
  body: Obj
}
export interface Caller extends Omit<Context, 'args'> {
  faults: Faults
  /** Slack's real limits; left out where they are off. */
  limits?: Limits
}

/** Answers one call of the Web API as Slack would: token, scopes, limits, arguments, then the method itself. */
export function call(caller: Caller, name: string, token: string | undefined, raw: Obj): Answer {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined
  if (!method) return refused(new ApiError('unknown_method', { req_method: name }))
  const args = createArgs(raw)
  try {
    authorise(caller, method, token)
    const refusal = caller.faults.refusal(name, channelCalled(caller, args))
    if (refusal !== undefined) return refused(new ApiError(refusal))
    const wait = caller.faults.rateLimit(name) ?? caller.limits?.take(name, method, args) ?? 0
    if (wait > 0) return tooMany(wait)
    return {
      status: 200,
      headers: scopeHeaders(caller, method),
      body: { ok: true, ...method.run({ ...caller, args }) },
    }
  } catch (error) {
    if (error instanceof ApiError) return refused(error)
    throw error
  }
}

/** The channel that a call names, by its id and its name; a user's id names their direct messages. */
function channelCalled({ workspace }: Caller, args: Args): string[] {
  const named = args.optional('channel')
  if (named === undefined) return []
  const channel = workspace.users.has(named) ? undefined : findChannel(workspace, named)
  return channel ? [channel.id, channel.name] : [named]
}

function authorise({ workspace: { app }, faults }: Caller, method: Method, token: string | undefined): void {
  if (!token) throw new ApiError('not_authed')
  const kind = token === app.botToken ? 'bot' : token === app.appToken ? 'app' : undefined
  if (!kind) throw new ApiError('invalid_auth')
  const revoked = kind === 'bot' ? faults.revoked() : undefined
  if (revoked !== undefined) throw new ApiError(revoked)
  if (kind !== method.token) throw new ApiError('not_allowed_token_type')
  const provided = kind === 'bot' ? app.botScopes : app.appScopes
  if (method.scopes.every((scope) => provided.includes(scope))) return
  throw new ApiError('missing_scope', { needed: method.scopes.join(','), provided: provided.join(',') })
}

function scopeHeaders({ workspace: { app } }: Caller, method: Method): { [name: string]: string } {
  return {
    'x-oauth-scopes': (method.token === 'bot' ? app.botScopes : app.appScopes).join(','),
    'x-accepted-oauth-scopes': method.scopes.join(','),
  }
}

function refused(error: ApiError): Answer {
  return { status: 200, headers: {}, body: { ok: false, error: error.code, ...error.extra } }
}

function tooMany(seconds: number): Answer {
  return {
    status: 429,
    headers: { 'retry-after': String(seconds) },
    body: { ok: false, error: 'ratelimited' },
  }
}
