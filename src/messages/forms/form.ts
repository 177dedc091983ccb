import type { KnownBlock } from '@slack/types'
import type { Form } from '../../ports/chat'
import { label, section } from '../kit/blocks'
import { bilingual, type Locale } from '../locale'
import { words } from '../text/phrase'
import { packMetadata, type FormMetadata } from './private-metadata'

const text = bilingual({
  en: { close: 'Close', title: 'Rollcall', loading: '⏳ Looking at AWS…' },
  ko: { close: '닫기', title: 'Rollcall', loading: '⏳ AWS에서 확인하는 중입니다…' },
})

/** Slack's limit of title, submit and close. */
const mostOfTitle = 24

/** A form: what it is for, its fields, and what it remembers. Fields that are not there are left out. */
export function form(
  facts: Locale & {
    readonly title: string
    readonly submit?: string
    readonly memory: FormMetadata
    readonly blocks: readonly (KnownBlock | undefined)[]
  },
): Form {
  const copy = text[facts.language]
  const blocks = facts.blocks.filter((block): block is KnownBlock => block !== undefined)
  return {
    type: 'modal',
    callback_id: facts.memory.form ?? 'choose_command',
    private_metadata: packMetadata(facts.memory),
    title: label(facts.title, mostOfTitle),
    close: label(copy.close, mostOfTitle),
    ...(facts.submit !== undefined && { submit: label(facts.submit, mostOfTitle) }),
    blocks,
  }
}

/** Opened at once, while the trigger lives; filled when the facts are there. */
export const loadingForm = (facts: Locale & { readonly memory: FormMetadata }): Form =>
  form({
    ...facts,
    title: text[facts.language].title,
    blocks: [section(words(text[facts.language].loading))],
  })
