import { type Span, type Trace, traceOf } from '../../../domain/telemetry/trace'
import type { Receiver } from '../../../ports/receiver'
import { post } from './post'

interface OtlpOptions {
  /** The base: `/v1/traces` is put behind it (OpenTelemetry, "OTLP exporter configuration"). */
  readonly endpoint: string
  readonly headers: Readonly<Record<string, string>>
  readonly serviceName: string
}

/** Sends an operation's trace by OTLP over HTTP, in JSON, in one request. */
export const otlpReceiver = ({ endpoint, headers, serviceName }: OtlpOptions): Receiver => {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  return {
    name: 'otlp',
    tell: (operation, ending) => post(url, requestOf(traceOf(operation, ending), serviceName), headers),
  }
}

const schemaUrl = 'https://opentelemetry.io/schemas/1.44.0'
const kinds = { internal: 1, server: 2 } as const
const isError = 2

/** The request in JSON: ids in hexadecimal, 64-bit integers as text (OTLP specification, "JSON Protobuf Encoding"). */
const requestOf = ({ id, spans }: Trace, serviceName: string) => ({
  resourceSpans: [
    {
      resource: { attributes: attributesOf({ 'service.name': serviceName }) },
      schemaUrl,
      scopeSpans: [{ scope: { name: 'rollcall' }, schemaUrl, spans: spans.map((span) => spanOf(id, span)) }],
    },
  ],
})

const spanOf = (traceId: string, { id, parent, name, kind, from, to, failed, attributes }: Span) => ({
  traceId,
  spanId: id,
  ...(parent !== undefined && { parentSpanId: parent }),
  name,
  kind: kinds[kind],
  startTimeUnixNano: nanoseconds(from),
  endTimeUnixNano: nanoseconds(to),
  attributes: attributesOf(attributes),
  status: failed ? { code: isError, message: attributes['error.type'] ?? '' } : {},
})

const nanoseconds = (instant: number): string => `${Math.round(instant)}000000`

const attributesOf = (attributes: Readonly<Record<string, string>>) =>
  Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }))
