/** One word of a line of chat. */
export interface Word {
  /** What it says, without quotes and without stray punctuation at its end. */
  readonly text: string
  /** As it was typed, for reasons. */
  readonly raw: string
  /** In quotes, so taken by the letter: never a command, an option or a filler. */
  readonly quoted: boolean
  /** For `name=value` and `--name=value`: the two sides; the value may have been in quotes. */
  readonly pair?: { readonly name: string; readonly value: string }
}

const trailing = /[.,!?;:。、，…]+$/u

const plainWord = (raw: string): Word | undefined => {
  const text = raw.replace(trailing, '')
  // A lone `?` is a word of its own: it asks for help.
  if (text === '') return raw === '?' ? { text: raw, raw, quoted: false } : undefined
  return { text, raw, quoted: false, ...pairOf(text) }
}

const pairOf = (text: string): Pick<Word, 'pair'> => {
  const at = text.indexOf('=')
  return at > 0 ? { pair: { name: text.slice(0, at), value: text.slice(at + 1) } } : {}
}

/** The quoted text that begins at `start`; `'` quotes only where it also closes before a space or the end. */
const quotation = (line: string, start: number): { text: string; end: number } | 'open' | undefined => {
  if (line[start] === "'") {
    const found = /'([^']*)'(?=\s|$)/y
    found.lastIndex = start
    const match = found.exec(line)
    return match ? { text: match[1] ?? '', end: found.lastIndex } : undefined
  }
  if (line[start] !== '"') return undefined
  const found = /"((?:\\["\\]|[^"])*)"/y
  found.lastIndex = start
  const match = found.exec(line)
  return match ? { text: (match[1] ?? '').replace(/\\(["\\])/g, '$1'), end: found.lastIndex } : 'open'
}

/**
 * Parts a normalised line into words. `"…"` and `'…'` keep words together, alone or after `name=`; in `"…"` a
 * quote is written `\"`. Gives undefined where a quote is opened and never closed.
 */
export function wordsOf(line: string): readonly Word[] | undefined {
  const words: Word[] = []
  let at = 0
  while (at < line.length) {
    if (/\s/.test(line[at] ?? '')) {
      at += 1
      continue
    }
    const quote = quotation(line, at)
    if (quote === 'open') return undefined
    if (quote) {
      words.push({ text: quote.text, raw: quote.text, quoted: true })
      at = quote.end
      continue
    }
    let end = at + 1
    while (end < line.length && !/[\s"]/.test(line[end] ?? '') && line[end - 1] !== '=') end += 1
    const value = line[end - 1] === '=' ? quotation(line, end) : undefined
    if (value === 'open') return undefined
    if (value) {
      const name = line.slice(at, end - 1)
      const raw = `${name}=${value.text}`
      words.push({ text: raw, raw, quoted: false, pair: { name, value: value.text } })
      at = value.end
      continue
    }
    while (end < line.length && !/[\s"]/.test(line[end] ?? '')) end += 1
    const word = plainWord(line.slice(at, end))
    if (word) words.push(word)
    at = end
  }
  return words
}

/**
 * `desired = 4`, `desired= 4` and `desired =4` as one word, where the name is one of `names`: phones and people put spaces
 * around a sign. The sign stays by itself where nothing stands behind it.
 */
export const joinPairs = (words: readonly Word[], names: ReadonlySet<string>): readonly Word[] => {
  const joined: Word[] = []
  for (let at = 0; at < words.length; at += 1) {
    const [word, next, last] = words.slice(at, at + 3)
    if (word === undefined) break
    const name = word.pair?.value === '' ? word.pair.name : word.text
    const isName = !word.quoted && names.has(name.replace(/^-+/, '').toLowerCase())
    const value = isName ? valueBehind(word, next, last) : undefined
    if (value === undefined) joined.push(word)
    else {
      joined.push({
        text: `${name}=${value.text}`,
        raw: `${name}=${value.text}`,
        quoted: false,
        pair: { name, value: value.text },
      })
      at += value.used
    }
  }
  return joined
}

const valueBehind = (
  word: Word,
  next: Word | undefined,
  last: Word | undefined,
): { readonly text: string; readonly used: number } | undefined => {
  if (next === undefined) return undefined
  if (word.pair !== undefined) return word.pair.value === '' ? { text: next.text, used: 1 } : undefined
  if (next.quoted || !next.text.startsWith('=')) return undefined
  if (next.text !== '=') return { text: next.text.slice(1), used: 1 }
  return last === undefined ? undefined : { text: last.text, used: 2 }
}

const needsQuotes = (text: string): boolean =>
  text === '' || /[\s"'`]/u.test(text) || trailing.test(text) || text.startsWith('-')

const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`

/** A word as if it had been typed by itself. */
export const bareWord = (text: string): Word => ({ text, raw: text, quoted: false })

/** Whether a word ends in a question mark, or is one. */
export const isQuestion = (word: Word): boolean =>
  !word.quoted && (word.text === '?' || /\?[.!。！…]*$/u.test(word.raw))

/** A word as it can be typed again to be understood the same. */
export const writeWord = (word: Word): string => {
  if (word.pair) {
    const { name, value } = word.pair
    return `${name}=${needsQuotes(value) ? quote(value) : value}`
  }
  if (word.quoted) return quote(word.text)
  return isQuestion(word) && word.text !== '?' ? `${word.text}?` : word.text
}
