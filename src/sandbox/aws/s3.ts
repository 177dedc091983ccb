import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An object as it lies there. */
interface StoredObject {
  readonly body: string
  readonly mode?: string
  readonly retainUntil?: number
}

/** A simulated S3: buckets, objects, conditional writes and Object Lock. What it does otherwise is in DIFFERENCES.md. */
export interface S3Simulator {
  readonly url: string
  /** Objects by bucket and key. */
  readonly buckets: ReadonlyMap<string, Map<string, StoredObject>>
  /** Fails every call (503), or loses the answers of those that take effect. */
  fault: 'down' | 'answer lost' | undefined
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Amazon S3 API reference, "Error responses": REST error responses. */
const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
})

const digestOf = (algorithm: string, body: string): string =>
  createHash(algorithm).update(body, 'utf8').digest('base64')

/** Amazon S3 API reference, "PutObject"; user guide, "Object Lock considerations" and "Conditional writes". */
const put = (
  objects: Map<string, StoredObject>,
  locks: boolean,
  key: string,
  { headers }: Pick<IncomingMessage, 'headers'>,
  body: string,
  now: number,
): Answer => {
  const header = (name: string) => {
    const value = headers[name]
    return typeof value === 'string' ? value : undefined
  }
  if (header('content-encoding') === 'aws-chunked')
    return refusal(
      501,
      'NotImplemented',
      'A header you provided implies functionality that is not implemented.',
    )
  const mode = header('x-amz-object-lock-mode')
  const until = header('x-amz-object-lock-retain-until-date')
  if ((mode === undefined) !== (until === undefined))
    return refusal(
      400,
      'InvalidArgument',
      'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
    )
  const md5 = header('content-md5')
  const sha256 = header('x-amz-checksum-sha256')
  const others = ['crc32', 'crc32c', 'crc64nvme', 'sha1'].some(
    (name) => header(`x-amz-checksum-${name}`) !== undefined,
  )
  if (mode !== undefined) {
    if (!locks) return refusal(400, 'InvalidRequest', 'Bucket is missing Object Lock Configuration')
    if (md5 === undefined && sha256 === undefined && !others)
      return refusal(
        400,
        'InvalidRequest',
        'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
      )
    if (mode !== 'COMPLIANCE' && mode !== 'GOVERNANCE')
      return refusal(400, 'InvalidArgument', 'Unknown wormMode directive.')
    if (!(Date.parse(until ?? '') > now))
      return refusal(400, 'InvalidArgument', 'The retain until date must be in the future!')
  }
  if (md5 !== undefined && md5 !== digestOf('md5', body))
    return refusal(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.')
  if (sha256 !== undefined && sha256 !== digestOf('sha256', body))
    return refusal(400, 'BadDigest', 'The SHA256 you specified did not match the calculated checksum.')
  if (header('if-none-match') === '*' && objects.has(key))
    return refusal(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold')
  objects.set(key, { body, ...(mode !== undefined && { mode, retainUntil: Date.parse(until ?? '') }) })
  return { status: 200, headers: { etag: `"${createHash('md5').update(body).digest('hex')}"` } }
}

const answerTo = (
  buckets: Map<string, Map<string, StoredObject>>,
  locking: ReadonlySet<string>,
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: string,
): Answer => {
  // Path style, as the SDK speaks with an address that is a number.
  const [, bucket = '', ...rest] = new URL(`http://s3${request.url ?? '/'}`).pathname.split('/')
  const key = rest.map(decodeURIComponent).join('/')
  const objects = buckets.get(bucket)
  if (!objects) return refusal(404, 'NoSuchBucket', 'The specified bucket does not exist')
  const found = objects.get(key)
  switch (request.method) {
    case 'PUT':
      return put(objects, locking.has(bucket), key, request, body, Date.now())
    case 'GET':
      return found
        ? { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: found.body }
        : refusal(404, 'NoSuchKey', 'The specified key does not exist.')
    default:
      return refusal(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.')
  }
}

/** Serves a simulated S3 on loopback. `locking` are buckets that were made with Object Lock. */
export const serveS3 = async (
  names: readonly string[],
  { locking = names }: { readonly locking?: readonly string[] } = {},
): Promise<S3Simulator> => {
  const buckets = new Map(names.map((name) => [name, new Map<string, StoredObject>()]))
  const state: { fault: S3Simulator['fault'] } = { fault: undefined }
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts).toString('utf8')
    const {
      status,
      headers,
      body: said,
    } = state.fault === 'down'
      ? refusal(503, 'SlowDown', 'Please reduce your request rate.')
      : answerTo(buckets, new Set(locking), request, body)
    if (state.fault === 'answer lost') return void response.destroy()
    response.writeHead(status, headers).end(said)
  }
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    buckets,
    get fault() {
      return state.fault
    },
    set fault(fault) {
      state.fault = fault
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
