import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ControlFailure } from '../protocol'

/** The largest body that is read; Slack's own views end at 250 kB. */
const bodyLimit = 1024 * 1024

/** An answer other than success, thrown by a route: HTTP status, reason code, sentence. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details?: unknown,
  ) {
    super(message)
  }
}

/** A request's path and query; whatever is none of ours is a path at which nothing is, as `//` and `*`. */
export const urlOf = ({ url = '/' }: IncomingMessage): URL =>
  new URL(`http://localhost${url.startsWith('/') ? url : `/${url}`}`)

/** The whole body as text; 413 where it is too long. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyLimit) throw new HttpError(413, 'too_large', `A body may have ${bodyLimit} bytes at most.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: { [name: string]: string } = {},
): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

/** Answers with what went wrong; surprises are told as such, with nothing of their inside. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (error instanceof HttpError) {
    const details = error.details === undefined ? {} : { details: error.details }
    const failure: ControlFailure = { ok: false, error: error.code, message: error.message, ...details }
    sendJson(response, error.status, failure)
    return
  }
  console.error(error)
  sendJson(response, 500, {
    ok: false,
    error: 'internal_error',
    message: 'The sandbox met a surprise; see its log.',
  })
}
