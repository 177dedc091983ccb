import { randomUUID } from 'node:crypto'
import type { Chat, Screens } from '../ports/chat'
import type { Inbox } from '../ports/inbox'
import type { Posts } from '../ports/posts'
import type { FrontDesk } from './front-desk'
import { createInbox } from './inbox'
import { Notifier } from './notifier'
import { showing } from './showing'
import { openWindows } from './windows'

export interface GatewayParts extends Omit<FrontDesk, 'chat' | 'refresh'> {
  readonly chat: Chat & Screens
  readonly posts: Posts
}

/** The gateway role: what hears people, and what tells them. Neither is started here. */
export const createGateway = (
  parts: GatewayParts,
): { readonly inbox: Inbox; readonly notifier: Notifier } => {
  const notifier = new Notifier({
    ...parts,
    holder: randomUUID(),
    showing: showing(parts),
    counting: () => openWindows(parts),
  })
  const inbox = createInbox({ ...parts, refresh: (id) => notifier.refresh(id) })
  return { inbox, notifier }
}
