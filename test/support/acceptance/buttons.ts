const isObject = (node: unknown): node is Readonly<Record<string, unknown>> =>
  typeof node === 'object' && node !== null && !Array.isArray(node)

/** The labels of all buttons in blocks, in their order. */
export const buttons = (node: unknown): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap(buttons)
  if (!isObject(node)) return []
  if (node['type'] === 'button' && isObject(node['text'])) return [String(node['text']['text'])]
  return Object.values(node).flatMap(buttons)
}
