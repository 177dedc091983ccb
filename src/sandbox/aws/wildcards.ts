const patterns = new Map<string, RegExp>()
const kept = 1000

/** Whether text fits an EC2 or ELB pattern: `*` for any characters, `?` for one, a backslash before a literal one. */
export function fits(pattern: string, text: string): boolean {
  if (!/[*?\\]/.test(pattern)) return pattern === text
  let regex = patterns.get(pattern)
  if (!regex) {
    const source = pattern.replace(/\\([*?\\])|([*?])|([\^$.|+()[\]{}\\])/g, (_, literal, wild, special) => {
      if (literal) return `\\${String(literal)}`
      if (wild) return wild === '*' ? '[^]*' : '[^]'
      return `\\${String(special)}`
    })
    regex = new RegExp(`^${source}$`)
    if (patterns.size >= kept) patterns.clear()
    patterns.set(pattern, regex)
  }
  return regex.test(text)
}
