import { randomUUID } from 'node:crypto'
import type { Chat, Views } from '../ports/chat'
import type { Inbox } from '../ports/inbox'
import type { Posts } from '../ports/posts'
import type { GatewayDeps } from './deps'
import { createInbox } from './inbox'
import { publishHome } from './queries/home'
import { Notifier } from './notifier/notifier'
import { operationView } from './operation-view/operation-view'
import { followUps } from './operation-view/follow-ups'
import { openWindows } from './operation-view/standby-window'

export interface GatewayOptions extends Omit<GatewayDeps, 'chat' | 'refresh'> {
  readonly chat: Chat & Views
  readonly posts: Posts
}

/** The gateway role: what hears people, and what tells them. Neither is started here. */
export const createGateway = (
  options: GatewayOptions,
): { readonly inbox: Inbox; readonly notifier: Notifier } => {
  const findFollowUps = followUps(options)
  const notifier = new Notifier({
    ...options,
    holder: randomUUID(),
    view: operationView(options),
    refreshHome: (person) => publishHome(options, person),
    countdownOperations: async () => [...(await findFollowUps()), ...(await openWindows(options))],
  })
  const inbox = createInbox({ ...options, refreshMessage: (id) => notifier.refreshMessage(id) })
  return { inbox, notifier }
}
