import { AwsError } from './error'
import type { RequestForm } from './form'
import type { Shape } from './shapes'

/** Gives the typed input of an AWS JSON request. What a service does not know is left out, as AWS does. */
export function readJson(shape: Shape, body: string, rules: RequestForm): Record<string, unknown> {
  return readStruct(shape, parsed(body), rules)
}

type Given = Readonly<Record<string, unknown>>

function readStruct(shape: Shape, given: Given, rules: RequestForm): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const { name, required, shape: wanted } of shape.kind === 'struct' ? shape.members : []) {
    const value = given[name]
    if (value === undefined || value === null) {
      if (required) throw rules.missing(name)
    } else input[name] = readValue(wanted, name, value, rules)
  }
  return input
}

/** Strings, numbers, booleans, instants, lists, maps and structures: what the services that are asked in JSON are given here. */
function readValue(shape: Shape, name: string, value: unknown, rules: RequestForm): unknown {
  if (shape.kind === 'list' && Array.isArray(value))
    return value.map((one: unknown) => readValue(shape.member, name, one, rules))
  if (shape.kind === 'struct' && isObject(value)) return readStruct(shape, value, rules)
  if (shape.kind === 'map' && isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, readValue(shape.member, key, one, rules)]),
    )
  // Seconds since the epoch, with a fraction (Smithy, AWS JSON protocols, "timestamp").
  if (shape.kind === 'timestamp' && typeof value === 'number') return new Date(value * 1000)
  if (typeof value === shape.kind) return value
  throw rules.malformed(name, JSON.stringify(value))
}

const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(body: string): Given {
  try {
    const given: unknown = JSON.parse(body === '' ? '{}' : body)
    if (isObject(given)) return given
  } catch {
    // Answered below, as any other body that is no JSON object.
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object.')
}
