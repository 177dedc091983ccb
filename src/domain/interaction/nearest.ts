/**
 * Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, substitutions and swaps of
 * adjacent letters that turn one word into the other, counted by code point.
 */
export function distance(from: string, to: string): number {
  const a = Array.from(from)
  const b = Array.from(to)
  let twoAgo: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (twoAgo[j - 2] ?? 0) + 1)
      }
      row.push(best)
    }
    twoAgo = previous
    previous = row
  }
  return previous[b.length] ?? 0
}

/** Most typing mistakes forgiven in a word of this length: none in the shortest, three in long ones. */
const tolerance = (length: number): number => (length < 3 ? 0 : length < 6 ? 1 : length < 9 ? 2 : 3)

/** Korean syllables are compared by their letters (NFD): one wrong letter is one mistake. */
const plain = (word: string): string => word.normalize('NFD').toLowerCase()

/**
 * The known word that was probably meant: the nearest within a tolerance that grows with the length, else the
 * only one that begins with what was typed (two letters or more). Letter case does not matter. Undefined when
 * nothing is near, so that nobody is offered a guess out of the blue.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const typed = plain(word)
  // Words longer than anything known are not typing mistakes; this also bounds the work on pasted text.
  if (typed.length > 64) return undefined
  let best: { readonly word: string; readonly edits: number } | undefined
  const begun: string[] = []
  for (const candidate of known) {
    const whole = plain(candidate)
    if (typed.length >= 2 && whole.startsWith(typed)) begun.push(candidate)
    const limit = Math.min(tolerance(Math.max(typed.length, whole.length)), (best?.edits ?? 4) - 1)
    // A difference in length is so many mistakes at least: most words need no closer look.
    if (Math.abs(typed.length - whole.length) > limit) continue
    const edits = distance(typed, whole)
    if (edits <= limit) best = { word: candidate, edits }
  }
  return best?.word ?? (begun.length === 1 ? begun[0] : undefined)
}
