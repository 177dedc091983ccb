import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { HttpError } from './http'

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Refuses names that are not this machine's own: a page elsewhere must not reach the sandbox by DNS rebinding. */
export function checkHost(request: IncomingMessage): void {
  const host = request.headers.host ?? ''
  const name = host.replace(/:\d+$/, '')
  if (!loopback.has(name)) throw new HttpError(403, 'bad_host', 'The sandbox answers to loopback names only.')
  const { origin } = request.headers
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new HttpError(403, 'bad_origin', 'The sandbox answers to its own page only.')
  }
}

/** Refuses requests without the token of this start. Event streams may carry it in the query. */
export function checkToken(request: IncomingMessage, url: URL, token: string): void {
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const queried = url.pathname === '/control/stream' ? url.searchParams.get('token') : undefined
  const presented = given ?? queried ?? undefined
  if (presented === undefined) {
    throw new HttpError(
      401,
      'no_token',
      'Send `Authorization: Bearer <token>`, the token that the sandbox printed.',
    )
  }
  if (!sameText(presented, token)) {
    throw new HttpError(401, 'bad_token', 'This token is not the one of this start.')
  }
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
