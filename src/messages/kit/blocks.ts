import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  PlainTextElement,
  SectionBlock,
  SectionBlockAccessory,
} from '@slack/types'
import { packButton, type ButtonValue, type Verb } from '../../domain/buttons'
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

export const section = (
  phrase: Phrase,
  options: { readonly limit?: number; readonly accessory?: SectionBlockAccessory } = {},
): SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: mrkdwn(phrase, options.limit ?? limits.section) },
  ...(options.accessory && { accessory: options.accessory }),
})

/** Small grey text; each phrase an element of its own, at most ten of them; nothing where none says anything. */
export const context = (...phrases: readonly Phrase[]): ContextBlock | undefined => {
  const told = phrases.filter((phrase) => phrase.length > 0).slice(0, 10)
  if (told.length === 0) return undefined
  return {
    type: 'context',
    elements: told.map((phrase) => ({ type: 'mrkdwn', text: mrkdwn(phrase, limits.context) })),
  }
}

export const divider = (): DividerBlock => ({ type: 'divider' })

export interface Press {
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

export const button = (press: Press): Button => ({
  type: 'button',
  action_id: press.key === undefined ? press.verb : `${press.verb}:${press.key}`,
  text: label(press.label),
  value: packButton(press.value),
  ...(press.style && { style: press.style }),
  ...(press.confirm && {
    confirm: {
      title: label(press.confirm.title, 100),
      text: { type: 'mrkdwn', text: mrkdwn(press.confirm.text, 300) },
      confirm: label(press.confirm.yes, 30),
      deny: label(press.confirm.no, 30),
      ...(press.confirm.style && { style: press.confirm.style }),
    },
  }),
})

export const actions = (presses: readonly Press[], block = 'actions'): ActionsBlock => ({
  type: 'actions',
  block_id: block,
  elements: presses.map(button),
})
