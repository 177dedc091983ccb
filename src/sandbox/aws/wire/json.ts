import { AwsError } from './error'
import type { RequestForm } from './form'
import type { Shape } from './shapes'

/**
 * Gives the typed input of an AWS JSON request: its members are strings, numbers and booleans so far. What a service
 * does not know is left out, as AWS does.
 */
export function readJson(shape: Shape, body: string, rules: RequestForm): Record<string, unknown> {
  const given = parsed(body)
  const input: Record<string, unknown> = {}
  for (const { name, required, shape: wanted } of shape.kind === 'struct' ? shape.members : []) {
    const value = given[name]
    if (value === undefined || value === null) {
      if (required) throw rules.missing(name)
    } else if (typeof value === wanted.kind) input[name] = value
    else throw rules.malformed(name, JSON.stringify(value))
  }
  return input
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    const given: unknown = JSON.parse(body === '' ? '{}' : body)
    if (typeof given === 'object' && given !== null) return given as Readonly<Record<string, unknown>>
  } catch {
    // Answered below, as any other body that is no JSON object.
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object.')
}
