import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  MrkdwnElement,
  PlainTextElement,
  SectionBlock,
  SectionBlockAccessory,
} from '@slack/types'
import { packButton, type ButtonValue, type Verb } from '../../domain/interaction/buttons'
import { cut } from '../text/cut'
import type { Phrase } from '../text/phrase'
import { mrkdwn, plain } from '../text/render'

/** Slack's limits that the messages are built within (docs.slack.dev, reference/block-kit). */
export const limits = {
  section: 3_000,
  header: 150,
  context: 2_000,
  label: 75,
  fieldLabel: 2_000,
  option: 75,
}

export const label = (text: string, limit = limits.label): PlainTextElement => ({
  type: 'plain_text',
  text: cut(text, limit),
  emoji: true,
})

export const header = (phrase: Phrase): HeaderBlock => ({
  type: 'header',
  text: label(plain(phrase), limits.header),
})

/**
 * Text with markup of ours alone. slack: text-object, `verbatim`: without it Slack would make mentions of `@here` and
 * `#ops` in what people have typed.
 */
const markup = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true })

export const section = (
  phrase: Phrase,
  options: { readonly limit?: number; readonly accessory?: SectionBlockAccessory } = {},
): SectionBlock => ({
  type: 'section',
  text: markup(mrkdwn(phrase, options.limit ?? limits.section)),
  ...(options.accessory && { accessory: options.accessory }),
})

/** Small grey text; each phrase an element of its own, at most ten of them; nothing where none says anything. */
export const context = (...phrases: readonly Phrase[]): ContextBlock | undefined => {
  const content = phrases.filter((phrase) => phrase.length > 0).slice(0, 10)
  if (content.length === 0) return undefined
  return {
    type: 'context',
    elements: content.map((phrase) => markup(mrkdwn(phrase, limits.context))),
  }
}

export const divider = (): DividerBlock => ({ type: 'divider' })

export interface ButtonSpec {
  readonly verb: Verb
  /** Distinguishes buttons of one verb within a block; the click's verb is what stands before the colon. */
  readonly key?: string
  readonly label: string
  readonly value: ButtonValue
  readonly style?: 'primary' | 'danger'
  readonly confirm?: {
    readonly title: string
    readonly text: Phrase
    readonly yes: string
    readonly no: string
    readonly style?: 'primary' | 'danger'
  }
}

export const button = (spec: ButtonSpec): Button => ({
  type: 'button',
  action_id: spec.key === undefined ? spec.verb : `${spec.verb}:${spec.key}`,
  text: label(spec.label),
  value: packButton(spec.value),
  ...(spec.style && { style: spec.style }),
  ...(spec.confirm && {
    confirm: {
      title: label(spec.confirm.title, 100),
      // slack: composition-objects/confirmation-dialog-object: its explanation is plain_text, as all else in it.
      text: label(plain(spec.confirm.text), 300),
      confirm: label(spec.confirm.yes, 30),
      deny: label(spec.confirm.no, 30),
      ...(spec.confirm.style && { style: spec.confirm.style }),
    },
  }),
})

export const actions = (specs: readonly ButtonSpec[], block = 'actions'): ActionsBlock => ({
  type: 'actions',
  block_id: block,
  elements: specs.map(button),
})
