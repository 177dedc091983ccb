import { AwsError } from './error'
import type { Member, Shape, StructShape } from './shapes'

/** A form's parameters as a tree: `Filter.1.Value.2=x` is Filter → 1 → Value → 2 → 'x'. */
export interface FormNode {
  value?: string
  readonly children: Map<string, FormNode>
}

/** Takes a form body apart. */
export function parseForm(body: string): FormNode {
  const root: FormNode = { children: new Map() }
  for (const [key, value] of new URLSearchParams(body)) {
    let node = root
    for (const part of key.split('.')) {
      const next = node.children.get(part) ?? { children: new Map() }
      node.children.set(part, next)
      node = next
    }
    node.value = value
  }
  return root
}

/** How a service's requests differ. */
export interface RequestForm {
  /** EC2 names members its own way, flattens lists, and refuses parameters it does not know. */
  readonly ec2: boolean
  readonly missing: (member: string) => AwsError
  readonly malformed: (member: string, value: string) => AwsError
}

const outside = new Set(['Action', 'Version'])

/** Gives an operation's typed input, or throws the service's error for what is missing or malformed. */
export function readInput(shape: Shape, form: FormNode, rules: RequestForm): Record<string, unknown> {
  if (shape.kind !== 'struct') return {}
  return readStruct(shape, form, rules, true)
}

function readStruct(shape: StructShape, node: FormNode, rules: RequestForm, top: boolean) {
  const input: Record<string, unknown> = {}
  let used = 0
  for (const member of shape.members) {
    const child = node.children.get(rules.ec2 ? member.ec2Name : member.xmlName)
    if (child) {
      used += 1
      const value = read(member.shape, child, rules, member)
      if (value !== undefined) input[member.name] = value
    } else if (member.required) throw rules.missing(rules.ec2 ? member.ec2Name : member.name)
  }
  if (top && rules.ec2 && used + outside.size < node.children.size) refuseUnknown(shape, node)
  return input
}

function refuseUnknown(shape: StructShape, node: FormNode): void {
  const names = new Set(shape.members.map((member) => member.ec2Name))
  for (const key of node.children.keys())
    if (!names.has(key) && !outside.has(key))
      throw new AwsError('UnknownParameter', `The parameter ${key} is not recognized`)
}

function read(shape: Shape, node: FormNode, rules: RequestForm, member: Member): unknown {
  const { value = '' } = node
  switch (shape.kind) {
    case 'string':
    case 'document':
      return value
    case 'number': {
      const number = Number(value)
      if (value === '' || Number.isNaN(number)) throw rules.malformed(member.name, value)
      return number
    }
    case 'boolean':
      if (!/^(true|false)$/i.test(value)) throw rules.malformed(member.name, value)
      return value.toLowerCase() === 'true'
    case 'timestamp': {
      const date = new Date(/^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : value)
      if (Number.isNaN(date.getTime())) throw rules.malformed(member.name, value)
      return date
    }
    case 'blob':
      return new Uint8Array(Buffer.from(value, 'base64'))
    case 'list': {
      const holder = rules.ec2 || member.flat ? node : node.children.get(shape.element)
      return numbered(holder).map((child) => read(shape.member, child, rules, member))
    }
    case 'map': {
      const holder = member.flat ? node : node.children.get('entry')
      return Object.fromEntries(
        numbered(holder).flatMap((entry) => {
          const content = entry.children.get(shape.value)
          const key = entry.children.get(shape.key)?.value ?? ''
          return content ? [[key, read(shape.member, content, rules, member)]] : []
        }),
      )
    }
    case 'struct':
      return readStruct(shape, node, rules, false)
    default:
      return shape satisfies never
  }
}

/** The children of a list, in the order of their numbers. */
function numbered(node: FormNode | undefined): FormNode[] {
  if (!node) return []
  return [...node.children.entries()]
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child)
}
