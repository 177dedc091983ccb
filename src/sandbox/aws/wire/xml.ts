import type { Shape, StructShape } from './shapes'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => escapes[character] ?? character)
}

/** Writes an operation's output. Its own lists are always written, even where there is nothing in them. */
export function writeOutput(shape: Shape, output: unknown): string {
  if (shape.kind !== 'struct') return ''
  return writeStruct(shape, (output ?? {}) as Record<string, unknown>, true)
}

function writeStruct(shape: StructShape, value: Record<string, unknown>, top: boolean): string {
  let xml = ''
  for (const member of shape.members) {
    const content = value[member.name]
    if (content !== undefined && content !== null) {
      xml += member.flat
        ? writeFlat(member.xmlName, member.shape, content)
        : `<${member.xmlName}>${write(member.shape, content)}</${member.xmlName}>`
    } else if (top && member.shape.kind === 'list' && !member.flat) xml += `<${member.xmlName}/>`
  }
  return xml
}

function writeFlat(name: string, shape: Shape, value: unknown): string {
  if (shape.kind !== 'list' || !Array.isArray(value)) return `<${name}>${write(shape, value)}</${name}>`
  return value.map((item) => `<${name}>${write(shape.member, item)}</${name}>`).join('')
}

function write(shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case 'struct':
      return writeStruct(shape, value as Record<string, unknown>, false)
    case 'list':
      return (value as unknown[])
        .map((item) => `<${shape.element}>${write(shape.member, item)}</${shape.element}>`)
        .join('')
    case 'map':
      return Object.entries(value as Record<string, unknown>)
        .map(
          ([key, item]) =>
            `<entry><${shape.key}>${escapeXml(key)}</${shape.key}>` +
            `<${shape.value}>${write(shape.member, item)}</${shape.value}></entry>`,
        )
        .join('')
    case 'timestamp':
      return (value as Date).toISOString()
    case 'blob':
      return Buffer.from(value as Uint8Array).toString('base64')
    case 'number':
    case 'boolean':
      return String(value)
    case 'string':
    case 'document':
      return escapeXml(String(value))
    default:
      return shape satisfies never
  }
}
