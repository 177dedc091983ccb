import { createHash, timingSafeEqual } from 'node:crypto'
import { machineAsPerson, machineOf } from '../../domain/door/caller'
import type { DoorProblemCode } from '../../domain/door/problem'
import type { Machine } from '../../domain/catalogue/catalogue'
import type { Person } from '../../domain/access/person'
import { failure, ok, type Result } from '../../domain/result'
import type { OperationId } from '../../domain/operation/id'
import type { ApiRequest } from '../../ports/api'
import type { Claims } from '../../ports/id-tokens'
import type { ApiDeps } from './deps'

/** Who calls. */
export type Caller =
  | {
      readonly kind: 'machine'
      readonly person: Person
      readonly machine: Pick<Machine, 'changesPerHour'>
      /** What the token is recognised by, where it is good for one change; and for how long, in real milliseconds. */
      readonly once?: { readonly id: string; readonly ms: number }
    }
  /** Whoever was given the token of one operation. */
  | { readonly kind: 'reader'; readonly operation: OperationId }

/** More than any issuer's token; what is longer is not looked at. */
const maxToken = 8 * 1_024

/** What a token for reading one operation begins with: a name by which scanners find it. */
export const readerPrefix = 'rcr_'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Finds out who calls by the bearer's token. Rejects with StoreUnavailable. */
export const authenticate = async (
  deps: Pick<ApiDeps, 'catalogue' | 'apiRecords' | 'idTokens' | 'time'>,
  { headers }: Pick<ApiRequest, 'headers'>,
): Promise<Result<Caller, DoorProblemCode>> => {
  const [, token] = /^Bearer +(\S+) *$/i.exec(headers['authorization'] ?? '') ?? []
  if (token === undefined) return failure('no_token')
  if (token.length > maxToken) return failure('bad_token')
  const machines = [...(deps.catalogue.machines?.values() ?? [])]
  const known = byHash(machines, token)
  if (known) {
    if (known.expires <= deps.time.now()) return failure('token_expired')
    return ok({ kind: 'machine', machine: known.machine, person: machineAsPerson(known.machine) })
  }
  if (token.startsWith(readerPrefix)) {
    const operation = await deps.apiRecords.readableWith(sha256(token))
    return operation === undefined ? failure('bad_token') : ok({ kind: 'reader', operation })
  }
  if (token.split('.').length !== 3) return failure('bad_token')
  const verified = await deps.idTokens.verify(token)
  if (!verified.ok) return verified
  const machine = machineOf(machines, verified.value)
  if (!machine) return failure('no_machine')
  return ok({
    kind: 'machine',
    machine,
    person: machineAsPerson(machine, verified.value),
    once: onceOf(token, verified.value, deps.time.now()),
  })
}

/** Every hash is compared, each in constant time: how long it takes tells nothing of any of them. */
const byHash = (machines: readonly Machine[], token: string) => {
  const digest = createHash('sha256').update(token).digest()
  let found: { readonly machine: Machine; readonly expires: number } | undefined
  for (const machine of machines) {
    for (const { sha256: hash, expires } of machine.tokens) {
      if (timingSafeEqual(digest, Buffer.from(hash, 'hex'))) found = { machine, expires }
    }
  }
  return found
}

/** By the issuer's own number of the token; where it gives none, by the token itself. Kept a while beyond its end. */
const onceOf = (token: string, claims: Claims, now: number) => {
  const { iss, jti, exp } = claims
  const id = typeof jti === 'string' && jti !== '' ? `${String(iss)}\n${jti}` : token
  const left = typeof exp === 'number' ? exp * 1_000 - now : 0
  return { id: sha256(id), ms: Math.max(60_000, Math.ceil(left) + 120_000) }
}
