import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAccounts } from '../../../src/adapters/aws/accounts'
import type { Account } from '../../../src/ports/account'
import { AwsFailure } from '../../../src/ports/failure'

/* What the SDK's own reader makes of an answer that is not AWS's: measured over a socket, for it depends on its version. */

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}
let server: Server
let answer: Answer | 'none' | 'cut'
const open = new Set<ServerResponse>()

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume()
    if (answer === 'none') return void open.add(response)
    if (answer === 'cut') return void request.socket.destroy()
    response.writeHead(answer.status, answer.headers)
    response.end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  for (const response of open) response.destroy()
  server.closeAllConnections()
  server.close()
})

const account = (): Account => {
  const { port } = server.address() as AddressInfo
  return createAccounts({
    clock: { now: () => Date.now(), real: () => 0 },
    clientConfig: {
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true },
    },
  })({ region: 'ap-northeast-2' })
}

const html = { 'content-type': 'text/html; charset=utf-8' }
const page = '<html><head><title>Sign in</title></head><body><p>Please sign in</p></body></html>'
const brokenPage = '<!DOCTYPE html><html><body><p>Please <br>sign in</p></body></html>'

/** A read and a change of each protocol that the SDK speaks here. */
const calls: readonly [string, (account: Account) => Promise<unknown>][] = [
  ['a read of Auto Scaling', (aws) => aws.groups.describe('Web-ASG')],
  ['a change of Auto Scaling', (aws) => aws.groups.setDesired('Web-ASG', 1)],
  ['a read of EC2', (aws) => aws.images.byId(['ami-0123456789abcdef0'])],
  ['a change of EC2', (aws) => aws.tagging.tag('i-0123456789abcdef0', { rollcall: 'managed' })],
  ['a read of Elastic Load Balancing', (aws) => aws.targetGroups.named('Web-TG')],
  ['a read of CloudWatch', (aws) => aws.alarms.states(['web-5xx'])],
]
const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    (value) => value,
    (error: unknown) => error,
  )

const strange: readonly [string, Answer, string][] = [
  ['500 without a body', { status: 500 }, 'HTTP 500'],
  ['503 with a page', { status: 503, headers: html, body: page }, 'HTTP 503 text/html'],
  ['a page of a proxy, 407', { status: 407, headers: html, body: brokenPage }, 'HTTP 407 text/html'],
  [
    'a page, 403, which is no refusal of AWS\u2019s',
    { status: 403, headers: html, body: page },
    'HTTP 403 text/html',
  ],
  ['a page to sign in, 302', { status: 302, headers: html, body: page }, 'HTTP 302 text/html'],
  ['a page to sign in, 200', { status: 200, headers: html, body: page }, 'HTTP 200 text/html'],
  ['a page with tags left open, 200', { status: 200, headers: html, body: brokenPage }, 'HTTP 200 text/html'],
]

describe.each(calls)('%s', (name, call) => {
  test.each(strange)('that is answered by %s is not answered', async (_, given, code) => {
    answer = given
    const failure = await failureOf(call(account()))
    expect(failure).toBeInstanceOf(AwsFailure)
    expect(failure).toMatchObject({ kind: 'ambiguous', code })
  })

  test('that is answered by nothing, 200, is not answered where AWS would always say something', async () => {
    answer = { status: 200 }
    const failure = await failureOf(call(account()))
    if (name.includes('CloudWatch')) return expect(failure).not.toBeInstanceOf(AwsFailure)
    expect(failure).toMatchObject({ kind: 'ambiguous', code: 'HTTP 200 without a type' })
  })

  test('is not answered where nothing comes, or the connection is cut', async () => {
    answer = 'none'
    expect(await failureOf(call(account()))).toMatchObject({ kind: 'ambiguous', code: 'ETIMEDOUT' })
    answer = 'cut'
    expect(await failureOf(call(account()))).toMatchObject({ kind: 'ambiguous', code: 'ECONNRESET' })
  })
})

test('AWS\u2019s own answers are read, with a declaration and without', async () => {
  const groups =
    '<DescribeAutoScalingGroupsResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><DescribeAutoScalingGroupsResult><AutoScalingGroups/></DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>'
  answer = { status: 200, headers: { 'content-type': 'text/xml' }, body: `<?xml version="1.0"?>\n${groups}` }
  expect(await account().groups.describe('Web-ASG')).toBeUndefined()
  answer = { status: 200, body: groups }
  expect(await account().groups.describe('Web-ASG')).toBeUndefined()
})

test('a refusal of AWS\u2019s is one, whatever its type says', async () => {
  answer = {
    status: 403,
    headers: html,
    body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>',
  }
  expect(await failureOf(account().groups.setDesired('Web-ASG', 1))).toMatchObject({
    kind: 'refused',
    code: 'AccessDenied',
    words: 'no',
  })
})
