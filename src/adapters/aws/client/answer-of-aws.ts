/** What of an HTTP answer is looked at. The SDK reads a body of bytes as it reads a stream. */
interface HttpAnswer {
  statusCode: number
  readonly headers: Readonly<Record<string, string | undefined>>
  body?: unknown
  /** What it was, where it is not AWS's: its status and type. */
  strange?: string
}

interface Handled<Output> {
  readonly response: unknown
  readonly output: Output
}

const isAnswer = (value: unknown): value is HttpAnswer =>
  typeof value === 'object' && value !== null && 'statusCode' in value && 'headers' in value

const decoder = new TextDecoder()
/** The root of an answer of AWS's lies within these bytes, behind a declaration. */
const head = 400

/**
 * The first tag of an answer of the Query protocols ends in `Response`, of an error as well (Amazon EC2 API reference,
 * "Query requests"; `ErrorResponse` of Auto Scaling and Elastic Load Balancing).
 */
const rootOfAws = /^\uFEFF?\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)*<(\w+:)?\w*Response[\s>/]/

const isAwsXml = (bytes: Uint8Array): boolean => rootOfAws.test(decoder.decode(bytes.subarray(0, head)))
/** The JSON protocols have no root: what is no page is read on. */
const isNoPage = (bytes: Uint8Array): boolean => !/^\uFEFF?\s*</.test(decoder.decode(bytes.subarray(0, head)))

/** What an answer was that is not AWS's, by the response beside an error of the SDK's. */
export const strangeAnswer = (response: unknown): string | undefined =>
  isAnswer(response) ? response.strange : undefined

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body
  const chunks: Uint8Array[] = []
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/**
 * Lets no answer through that is not AWS's: to the SDK's reader an empty answer of status 200, or the page of a proxy or of
 * a network that wants a sign-in, is an answer in which nothing stands (measured: DescribeAutoScalingGroups without
 * groups, SetDesiredCapacity done), and such a page of status 403 a refusal of AWS's.
 */
export const onlyAnswersOfAws =
  (protocol: 'query' | 'json') =>
  <Args, Output>(next: (args: Args) => Promise<Handled<Output>>) =>
  async (args: Args): Promise<Handled<Output>> => {
    const handled = await next(args)
    const { response } = handled
    if (!isAnswer(response)) return handled
    const bytes = await bytesOf(response.body ?? new Uint8Array())
    response.body = bytes
    const { statusCode, headers } = response
    const mayBeEmpty = statusCode >= 300 || protocol === 'json'
    const isAws = bytes.length === 0 ? mayBeEmpty : protocol === 'query' ? isAwsXml(bytes) : isNoPage(bytes)
    if (isAws) return handled
    const type = headers['content-type']?.split(';')[0]?.trim() || 'without a type'
    response.strange = `HTTP ${statusCode} ${type}`
    // An error without words, which the SDK throws with the response beside it.
    response.body = new Uint8Array()
    response.statusCode = Math.max(statusCode, badGateway)
    return handled
  }

/** What a proxy says of an answer that it cannot read. */
const badGateway = 502

/** Before the SDK reads an answer. */
export const beforeItIsRead = {
  name: 'onlyAnswersOfAws',
  relation: 'after',
  toMiddleware: 'deserializerMiddleware',
  override: true,
} as const
