import { runInThisContext } from 'node:vm'
import { failure, type WireResponse } from '../../src/sandbox/aws/wire/answers'
import { callOf, type WireRequest } from '../../src/sandbox/aws/wire/calls'
import { AwsError } from '../../src/sandbox/aws/wire/error'
import type { Service } from '../../src/sandbox/aws/wire/services'
import type { JumpingClock } from '../../src/sandbox/clock'

/** What a call meets on a bad day, in place of AWS's answer to what was asked. */
export interface BadAnswer {
  readonly name: string
  /** What it is called where people are told of it. */
  readonly code: RegExp
  readonly answer: (
    request: WireRequest,
    send: () => Promise<WireResponse>,
    clock: JumpingClock,
  ) => Promise<WireResponse>
}

const nothing = (status: number): WireResponse => ({ status, headers: {}, body: '' })
const page = (status: number): WireResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html><head><title>Gateway</title></head><body><p>Please <br>sign in</p></body></html>',
})

/** A read is sent three times; together they take as long as the client waits for one answer. */
const patience = 5_000

/** Calls that hang at one time do so together. */
const hangs = new WeakMap<JumpingClock, Promise<void>>()
const hang = (clock: JumpingClock): Promise<void> => {
  const known = hangs.get(clock)
  if (known) return known
  const over = new Promise<void>((resolve) =>
    setImmediate(() => {
      hangs.delete(clock)
      clock.advanceBy(patience)
      resolve()
    }),
  )
  hangs.set(clock, over)
  return over
}

/** The error of Node's own modules: the SDK does not know those of Jest's realm for errors, and wraps them. */
const NodesError = runInThisContext('Error') as ErrorConstructor

/** As Node's HTTP client gives up on a socket (the SDK's `throwOnRequestTimeout`; measured in contract/aws/answers.test.ts). */
const timedOut = () =>
  Object.assign(new NodesError('no answer came in time'), { name: 'TimeoutError', code: 'ETIMEDOUT' })

interface Words {
  readonly code: string
  readonly message: string
  readonly status: number
}

/** How each kind of service says it: EC2, the other query protocols, and AWS JSON. */
const says =
  (ec2: Words, query: Words, json: Words): BadAnswer['answer'] =>
  async (request) => {
    const { service } = callOf(request)
    const { code, message, status } = wordsFor(service, { ec2, query, json })
    return failure(service, new AwsError(code, message, status), '00000000-0000-4000-8000-000000000000')
  }

const wordsFor = (
  service: Service | undefined,
  { ec2, query, json }: Readonly<Record<'ec2' | 'query' | 'json', Words>>,
): Words => {
  if (service?.ec2) return ec2
  return service?.json ? json : query
}

const expired = 'The security token included in the request is expired'
const late =
  'Signature expired: 20260302T003000Z is now earlier than 20260302T004500Z (20260302T010000Z - 15 min.)'
const unsubscribed = 'The AWS Access Key Id needs a subscription for the service'

/**
 * The codes and words are those of "Common errors" of Auto Scaling's, Elastic Load Balancing's and CloudWatch's API
 * references and of EC2's "Error codes"; the answers beside AWS's are a proxy's, and a network's.
 */
export const badAnswers: readonly BadAnswer[] = [
  { name: '500 without a body', code: /^HTTP 500$/, answer: async () => nothing(500) },
  {
    name: '500 without a body, and done',
    code: /^HTTP 500$/,
    answer: async (_request, send) => {
      await send()
      return nothing(500)
    },
  },
  {
    name: 'an empty answer, 200, and done',
    code: /^HTTP 200 without a type$/,
    answer: async (request, send) => {
      const answer = await send()
      // In AWS JSON an empty answer is one.
      return callOf(request).service?.json
        ? nothing(500)
        : { ...nothing(200), status: answer.status >= 300 ? 500 : 200 }
    },
  },
  { name: 'a page, 200', code: /^HTTP 200 text\/html$/, answer: async () => page(200) },
  { name: 'a page, 503', code: /^HTTP 503 text\/html$/, answer: async () => page(503) },
  {
    name: 'a socket that hangs',
    code: /^ETIMEDOUT$/,
    answer: async (_request, _send, clock) => {
      await hang(clock)
      throw timedOut()
    },
  },
  {
    name: 'a socket that hangs, and done',
    code: /^ETIMEDOUT$/,
    answer: async (_request, send, clock) => {
      await send()
      await hang(clock)
      throw timedOut()
    },
  },
  {
    name: 'credentials that ran out',
    code: /^(RequestExpired|ExpiredToken(Exception)?)$/,
    answer: says(
      { code: 'RequestExpired', message: 'Request has expired.', status: 400 },
      { code: 'ExpiredToken', message: expired, status: 403 },
      { code: 'ExpiredTokenException', message: expired, status: 400 },
    ),
  },
  {
    name: 'a clock that is off',
    code: /^(RequestExpired|SignatureDoesNotMatch|InvalidSignatureException)$/,
    answer: says(
      { code: 'RequestExpired', message: 'Request has expired.', status: 400 },
      { code: 'SignatureDoesNotMatch', message: late, status: 403 },
      { code: 'InvalidSignatureException', message: late, status: 400 },
    ),
  },
  {
    name: 'a region that is not enabled',
    code: /^(AuthFailure|InvalidClientTokenId|UnrecognizedClientException)$/,
    answer: says(
      {
        code: 'AuthFailure',
        message: 'AWS was not able to validate the provided access credentials',
        status: 401,
      },
      {
        code: 'InvalidClientTokenId',
        message: 'The security token included in the request is invalid.',
        status: 403,
      },
      {
        code: 'UnrecognizedClientException',
        message: 'The security token included in the request is invalid.',
        status: 400,
      },
    ),
  },
  {
    name: 'a service without a subscription',
    code: /^(OptInRequired|SubscriptionRequiredException)$/,
    answer: says(
      {
        code: 'OptInRequired',
        message: 'You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe.',
        status: 401,
      },
      { code: 'OptInRequired', message: unsubscribed, status: 403 },
      { code: 'SubscriptionRequiredException', message: unsubscribed, status: 400 },
    ),
  },
]
