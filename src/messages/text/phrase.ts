import type { Instant } from '../../domain/time/time'

/** A piece of a sentence. Text is held raw; escaping is the renderer's, so that it cannot be forgotten. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string; readonly style?: 'bold' | 'code' | 'italic' }
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'people'; readonly id: string }
  /** An address of the web, whole, or behind words of ours. */
  | { readonly kind: 'link'; readonly url: string; readonly text?: string }
  | {
      readonly kind: 'date'
      readonly at: Instant
      /** Slack's date template, e.g. `{time}`. */
      readonly format: string
      /** What is read where Slack's dates are not rendered. */
      readonly otherwise: string
      /** The service's own time of day and zone, said beside a date that each reader sees in their own. */
      readonly there?: { readonly clock: string; readonly zone: string }
    }

/** A sentence or several, to be rendered as mrkdwn, plain text or rich text. */
export type Phrase = readonly Inline[]
export type Placeholder = string | number | Phrase

export const words = (placeholder: Placeholder): Phrase =>
  typeof placeholder === 'object'
    ? placeholder
    : placeholder === ''
      ? []
      : [{ kind: 'text', text: String(placeholder) }]

/** Template tag: fills the blanks of a sentence. */
export const say = (strings: TemplateStringsArray, ...placeholders: readonly Placeholder[]): Phrase =>
  strings.flatMap((text, index) => [...words(text), ...words(placeholders[index] ?? '')])

/** Adjacent parts of one style are one run: `*Deploy* *web*` would show its asterisks. */
const merged = (phrase: Phrase): Phrase =>
  phrase.reduce<Inline[]>((runs, part) => {
    const last = runs.at(-1)
    if (last?.kind === 'text' && part.kind === 'text' && last.style === part.style) {
      runs[runs.length - 1] = { ...last, text: last.text + part.text }
    } else runs.push(part)
    return runs
  }, [])

const styled =
  (style: 'bold' | 'code' | 'italic') =>
  (placeholder: Placeholder): Phrase =>
    merged(
      words(placeholder).map((part) =>
        part.kind === 'text' && part.style === undefined ? { ...part, style } : part,
      ),
    )
export const bold = styled('bold')
export const code = styled('code')
export const italic = styled('italic')

/** A Slack id as a mention: `U…` and `W…` are people, `S…` is a user group; anything else is said as it is. */
export const mention = (id: string): Phrase =>
  /^[UW][A-Z0-9]+$/.test(id)
    ? [{ kind: 'person', id }]
    : /^S[A-Z0-9]{2,}$/.test(id)
      ? [{ kind: 'people', id }]
      : words(id)

/** Puts phrases together, leaving out the empty ones. */
export const joined = (phrases: readonly (Phrase | undefined)[], separator: string): Phrase =>
  phrases
    .filter((phrase): phrase is Phrase => phrase !== undefined && phrase.length > 0)
    .flatMap((phrase, index) => (index === 0 ? phrase : [...words(separator), ...phrase]))

export const lines = (...phrases: readonly (Phrase | undefined)[]): Phrase => joined(phrases, '\n')
export const nothing: Phrase = []
