import type { AwsError } from './error'
import type { Service } from './services'
import type { Operation } from './shapes'
import { escapeXml, writeOutput } from './xml'

export interface WireResponse {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** An operation's output, in the service's envelope. */
export function success(
  service: Service,
  action: string,
  operation: Operation,
  output: unknown,
  requestId: string,
): WireResponse {
  if (service.json) return respondJson(service.json, 200, requestId, output)
  const content = writeOutput(operation.output, output)
  const inside = service.ec2
    ? `<requestId>${requestId}</requestId>${content}`
    : `<${action}Result>${content}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`
  const body = `${declaration}<${action}Response xmlns="${service.namespace}">${inside}</${action}Response>`
  return respond(200, requestId, body)
}

/** An error in the service's form. */
export function failure(service: Service | undefined, error: AwsError, requestId: string): WireResponse {
  const type = error.status >= 500 ? 'Receiver' : 'Sender'
  if (service?.json) {
    const answer = respondJson(service.json, error.status, requestId, {
      __type: error.code,
      message: error.message,
    })
    if (service.json === '1.1') return answer
    // Who came from the query protocol still tells its codes beside (Smithy, "awsQueryCompatible").
    return { ...answer, headers: { ...answer.headers, 'x-amzn-query-error': `${error.code};${type}` } }
  }
  const code = `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>`
  if (service?.ec2)
    return respond(
      error.status,
      requestId,
      `${declaration}<Response><Errors><Error>${code}</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
    )
  const namespace = service ? ` xmlns="${service.namespace}"` : ''
  return respond(
    error.status,
    requestId,
    `<ErrorResponse${namespace}><Error><Type>${type}</Type>${code}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  )
}

const respond = (status: number, requestId: string, body: string): WireResponse => ({
  status,
  headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
  body,
})

/** JSON names its members as the SDK does. */
const respondJson = (
  version: NonNullable<Service['json']>,
  status: number,
  requestId: string,
  body: unknown,
): WireResponse => ({
  status,
  headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': requestId },
  body: JSON.stringify(body, inSeconds),
})

/** Instants are seconds since the epoch, with a fraction (Smithy, AWS JSON protocols, "timestamp"). */
function inSeconds(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Readonly<Record<string, unknown>>)[key]
  return original instanceof Date ? original.getTime() / 1000 : value
}
