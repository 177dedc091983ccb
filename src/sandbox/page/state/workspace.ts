import { computed, signal } from '@preact/signals'
import type { ChannelView, MessageView, OpenView, PersonaView } from '../../protocol'
import type { Reader } from '../text/dates'
import { user } from './session'

export interface CommandHint {
  command: string
  usage: string
  description: string
}

export const personas = signal<PersonaView[]>([])
export const channels = signal<ChannelView[]>([])
export const app = signal<{ id: string; name: string }>({ id: 'U0ROLLCALL', name: 'Rollcall' })
export const commands = signal<CommandHint[]>([])
/** Messages by channel, in the order of their `ts`. */
export const messages = signal<Record<string, MessageView[]>>({})
export const form = signal<OpenView | null>(null)
export const home = signal<unknown>(null)

const persona = computed(() => personas.value.find((person) => person.id === user.value))

/** How the persona reads dates. */
export const reader = computed<Reader>(() => ({
  timezone: persona.value?.timezone ?? 'Asia/Seoul',
  locale: persona.value?.locale ?? 'en-US',
}))

/** The name of a user as it is written beside a message. */
export const nameOf = (id: string): string => {
  if (id === app.value.id) return app.value.name
  if (id === 'USLACKBOT') return 'Slackbot'
  return personas.value.find((person) => person.id === id)?.name ?? id
}

/** A channel's messages with some added or changed (by `ts`) and some removed. */
export const merge = (held: MessageView[], changed: MessageView[], removed: string[]): MessageView[] => {
  const byTs = new Map(held.map((message) => [message.ts, message]))
  for (const ts of removed) byTs.delete(ts)
  for (const message of changed) byTs.set(message.ts, message)
  return [...byTs.values()].sort((a, b) => Number(a.ts) - Number(b.ts))
}
