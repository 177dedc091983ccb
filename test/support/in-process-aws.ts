import type { ClientConfig } from '../../src/adapters/aws/client/sdk-clients'

/** An AWS that answers requests of the wire without any socket. */
export interface WireAws {
  handle(request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }): Promise<{
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }>
}

/** The parts of the SDK's HttpRequest that matter here. */
interface SdkRequest {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body?: unknown
}
interface SdkOptions {
  readonly abortSignal?: AbortSignal
}

/**
 * Client settings by which the real SDK talks to an AWS in this process: it serialises and parses as ever, and only the
 * socket and the signature are left out: a signature is a tenth of a call's time. Nothing can leave the process. An error thrown by `handle` is a lost
 * connection: nobody knows whether the call took effect.
 */
export function inProcess(aws: WireAws): ClientConfig {
  return {
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'in-process', secretAccessKey: 'in-process' },
    signer: { sign: async (request) => request },
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: async (request: SdkRequest, { abortSignal }: SdkOptions = {}) => {
        const answer = await unlessAborted(abortSignal, () =>
          aws.handle({
            method: request.method,
            path: request.path,
            headers: request.headers,
            body: bodyText(request.body),
          }),
        )
        const { status: statusCode, headers } = answer
        return { response: { statusCode, headers: { ...headers }, body: encoder.encode(answer.body) } }
      },
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
      destroy: () => undefined,
    },
  }
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

const bodyText = (body: unknown): string =>
  typeof body === 'string' ? body : body instanceof Uint8Array ? decoder.decode(body) : ''

const aborted = () => Object.assign(new Error('Request aborted'), { name: 'AbortError' })

async function unlessAborted<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (signal === undefined) return work()
  if (signal.aborted) throw aborted()
  let stop = () => {}
  const end = new Promise<never>((_resolve, reject) => {
    stop = () => reject(aborted())
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work(), end])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
