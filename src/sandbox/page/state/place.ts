import { signal } from '@preact/signals'
import { channels } from './workspace'

/** What the left side shows. */
export type Place = { kind: 'channel'; id: string } | { kind: 'home' }

export const place = signal<Place>({ kind: 'channel', id: '' })
/** The root of the thread that is open, by its `ts`. */
export const thread = signal<string | null>(null)
/** What a narrow screen shows. */
export const tab = signal<'chat' | 'fleet'>('chat')
/** What stands in the channel's composer. */
export const draft = signal('')
/** Rises when the composer is to take the focus. */
export const composerCalled = signal(0)

/** Writes a line into the composer for the person to send. */
export const typeForThem = (line: string) => {
  draft.value = line
  tab.value = 'chat'
  const [first] = channels.value
  if (place.value.kind === 'home' && first) place.value = { kind: 'channel', id: first.id }
  composerCalled.value += 1
}

/** Channels with messages that came while they were not looked at. */
export const unread = signal<ReadonlySet<string>>(new Set())
