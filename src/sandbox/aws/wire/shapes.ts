/**
 * The SDK's client packages export each operation's schema as nested arrays (`CreateImage$` and its kind).
 * This file reads those arrays into shapes that the codec walks; every schema is read once.
 * Their form is that of @smithy/core's NormalizedSchema: structure [3, namespace, name, traits, members, types,
 * number of required members], list [1, …, type], map [2, …, key type, value type], operation [9, …, in, out].
 */

type Scalar = 'string' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'document'
interface ListShape {
  readonly kind: 'list'
  readonly member: Shape
  /** The name of one element on the wire, `item` or `member` as a rule. */
  readonly element: string
}
interface MapShape {
  readonly kind: 'map'
  readonly key: string
  readonly value: string
  readonly member: Shape
}
export interface StructShape {
  readonly kind: 'struct'
  readonly name: string
  readonly members: readonly Member[]
}
export type Shape = { readonly kind: Scalar } | ListShape | MapShape | StructShape
export interface Member {
  readonly name: string
  /** Its name in EC2's requests. */
  readonly ec2Name: string
  /** Its name in the other services' requests and in all answers. */
  readonly xmlName: string
  readonly flat: boolean
  readonly required: boolean
  readonly shape: Shape
}
export interface Operation {
  readonly input: Shape
  readonly output: Shape
}

type Traits = Readonly<Record<string, unknown>>

const known = new Map<unknown, Shape>()

/** Reads an operation's schema, as exported by a client package. */
export function operationOf(schema: unknown): Operation | undefined {
  if (!Array.isArray(schema) || schema[0] !== 9) return undefined
  return { input: shapeOf(schema[4]), output: shapeOf(schema[5]) }
}

function shapeOf(reference: unknown): Shape {
  const schema: unknown = typeof reference === 'function' ? (reference as () => unknown)() : reference
  if (typeof schema === 'number') return simple(schema)
  if (schema === 'unit') return { kind: 'struct', name: 'Unit', members: [] }
  if (!Array.isArray(schema)) throw new Error(`Unknown schema ${JSON.stringify(schema)}`)
  if (schema.length === 2) return shapeOf(schema[0])
  const before = known.get(schema)
  if (before) return before
  const shape = composed(schema)
  known.set(schema, shape)
  return shape
}

function simple(code: number): Shape {
  if (code >= 128) return { kind: 'map', key: 'key', value: 'value', member: simple(code & 63) }
  if (code >= 64) return { kind: 'list', member: simple(code & 63), element: 'member' }
  if (code >= 4 && code <= 7) return { kind: 'timestamp' }
  if (code === 2) return { kind: 'boolean' }
  if (code === 1 || code === 17 || code === 19) return { kind: 'number' }
  if (code === 21 || code === 42) return { kind: 'blob' }
  return code === 15 ? { kind: 'document' } : { kind: 'string' }
}

/** Shapes may hold themselves, so what they hold is read when it is first asked for. */
function composed(schema: readonly unknown[]): Shape {
  const lazily = <T>(make: () => T): (() => T) => {
    let made: T | undefined
    return () => (made ??= make())
  }
  switch (schema[0]) {
    case 0:
      return shapeOf(schema[4])
    case 1: {
      const member = lazily(() => shapeOf(schema[4]))
      return {
        kind: 'list',
        element: traitOf(schema[4], 'xmlName') ?? 'member',
        get member() {
          return member()
        },
      }
    }
    case 2: {
      const member = lazily(() => shapeOf(schema[5]))
      return {
        kind: 'map',
        key: traitOf(schema[4], 'xmlName') ?? 'key',
        value: traitOf(schema[5], 'xmlName') ?? 'value',
        get member() {
          return member()
        },
      }
    }
    case 3:
    case 4:
    case -3: {
      const members = lazily(() => membersOf(schema))
      return {
        kind: 'struct',
        name: String(schema[2]),
        get members() {
          return members()
        },
      }
    }
    default:
      throw new Error(`Unknown kind of schema ${String(schema[0])}`)
  }
}

function membersOf(schema: readonly unknown[]): Member[] {
  const names = schema[4] as readonly string[]
  const types = schema[5] as readonly unknown[]
  const required = Number(schema[6] ?? 0)
  return names.map((name, at) => {
    const type = types[at]
    const xmlName = traitOf(type, 'xmlName') ?? name
    return {
      name,
      xmlName,
      ec2Name: traitOf(type, 'ec2QueryName') ?? xmlName.charAt(0).toUpperCase() + xmlName.slice(1),
      flat: traitOf(type, 'xmlFlattened') !== undefined,
      required: at < required,
      shape: shapeOf(type),
    }
  })
}

/** A trait given where a type is referred to: [type, traits]. */
function traitOf(type: unknown, trait: string): string | undefined {
  if (!Array.isArray(type) || type.length !== 2) return undefined
  const traits: unknown = type[1]
  if (typeof traits !== 'object' || traits === null) return undefined
  const value = (traits as Traits)[trait]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
