import { createHash } from 'node:crypto'
import type { Catalogue, Machine } from '../../src/domain/catalogue/catalogue'
import type { ApiDeps } from '../../src/gateway/api/deps'
import { createDoor } from '../../src/gateway/api/door'
import type { ApiResponse } from '../../src/ports/api'
import type { IdTokens } from '../../src/ports/id-tokens'
import { catalogue as chatCatalogue, frontDesk } from './gateway-deps'
import { memoryOutbox } from './memory-outbox'
import { memoryApiRecords } from './memory-api-records'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

const tokenMachine = (name: string, more: Partial<Machine> = {}): Machine => ({
  name,
  tokens: [{ sha256: hash(`token_of_${name}`), expires: Number.MAX_SAFE_INTEGER }],
  ...more,
})

/** The front desk's services with machines before the door: `ci` may what an operator of web may, `nobody` nothing. */
const doorCatalogue: Catalogue = {
  ...chatCatalogue,
  machines: new Map(
    [
      tokenMachine('ci', { owner: 'U0BOB' }),
      tokenMachine('nobody'),
      // The token that takes the place of an old one, and the old one.
      tokenMachine('nightly', {
        tokens: [
          { sha256: hash('new_token_of_nightly'), expires: Number.MAX_SAFE_INTEGER },
          { sha256: hash('token_of_nightly'), expires: 0 },
        ],
      }),
      {
        name: 'pipeline',
        tokens: [],
        oidc: {
          issuer: 'https://token.actions.githubusercontent.com',
          audience: 'rollcall',
          claims: { repository_id: '456789', ref: 'refs/heads/main' },
        },
        actors: { octocat: 'U0BOB' },
      } satisfies Machine,
    ].map((machine) => [machine.name, machine]),
  ),
  rules: [
    ...chatCatalogue.rules,
    { service: 'web', actions: ['*'], allow: ['machines.ci'] },
    { service: 'shop', actions: ['deploy'], allow: ['machines.pipeline'] },
  ],
}

interface Asking {
  readonly key?: string
  /** Whose token; `token` itself where it is no machine's. */
  readonly as?: string
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly gone?: AbortSignal
}

/** The door on stores in memory. */
export const doorDesk = (overrides: Partial<ApiDeps> = {}) => {
  const desk = frontDesk({ catalogue: doorCatalogue })
  const idTokens: IdTokens = { verify: async () => ({ ok: false, reason: 'bad_token' }) }
  const deps: ApiDeps = {
    ...desk.desk,
    apiRecords: memoryApiRecords(),
    outbox: memoryOutbox().outbox,
    idTokens,
    posts: desk.posts,
    ...overrides,
  }
  const door = createDoor(deps)
  const send = (method: string, url: string, asking: Asking, text = ''): Promise<ApiResponse> => {
    const { pathname, searchParams } = new URL(url, 'http://door')
    const token = asking.token ?? `token_of_${asking.as ?? 'ci'}`
    return door({
      method,
      path: pathname,
      query: searchParams,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(asking.key !== undefined && { 'idempotency-key': asking.key }),
        ...asking.headers,
      },
      body: { text },
      gone: asking.gone ?? new AbortController().signal,
    })
  }
  return {
    ...desk,
    deps,
    door,
    post: (body: object | string, asking: Asking = {}) =>
      send('POST', '/v1/operations', asking, typeof body === 'string' ? body : JSON.stringify(body)),
    get: (url: string, asking: Asking = {}) => send('GET', url, asking),
    send,
  }
}

/** What an answer says, to be compared. */
export const told = (answer: ApiResponse): Readonly<Record<string, unknown>> =>
  (answer.body ?? {}) as Readonly<Record<string, unknown>>
