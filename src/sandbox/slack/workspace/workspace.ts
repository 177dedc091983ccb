import type { Timer } from '../timer'
import { newId, timestamps } from './ids'
import type { MessageStore } from './messages'
import { createMessages } from './messages'
import { initialState } from './state'
import type { App, Change, Channel, Message, User, UserGroup, View } from './model'

export interface WorkspaceSeed {
  app: App
  users: User[]
  groups: UserGroup[]
  channels: Channel[]
}
/** One team's people, channels, messages and views. It knows no HTTP and no app code. */
export interface Workspace {
  readonly app: App
  readonly users: Map<string, User>
  readonly groups: Map<string, UserGroup>
  readonly channels: Map<string, Channel>
  readonly messages: MessageStore
  /** Each user's open modals, the topmost last. */
  readonly stacks: Map<string, View[]>
  readonly homes: Map<string, View>
  /** A new, unique message timestamp. */
  newTs(): string
  /** The direct channel between the app's bot and a user; made where there is none. */
  direct(user: string): Channel
  post(message: Omit<Message, 'ts' | 'reactions' | 'state'>): Message
  /** Tells watchers that a message was changed in place. */
  changed(message: Message): void
  remove(message: Message): void
  setStack(user: string, stack: View[]): void
  setHome(user: string, view: View): void
  notice(user: string, text: string): void
  watch(watcher: (change: Change) => void): () => void
}

/** A workspace as its seed says, with nothing said in it yet. */
export function createWorkspace(seed: WorkspaceSeed, timer: Timer): Workspace {
  const users = new Map(seed.users.map((user) => [user.id, user]))
  const groups = new Map(seed.groups.map((group) => [group.id, group]))
  const channels = new Map(seed.channels.map((channel) => [channel.id, channel]))
  const messages = createMessages()
  const stacks = new Map<string, View[]>()
  const homes = new Map<string, View>()
  const watchers = new Set<(change: Change) => void>()
  const newTs = timestamps(timer)
  const tell = (change: Change): void => {
    for (const watcher of watchers) watcher(change)
  }

  return {
    app: seed.app,
    users,
    groups,
    channels,
    messages,
    stacks,
    homes,
    newTs,
    direct(user) {
      const known = [...channels.values()].find(
        (channel) => channel.kind === 'im' && channel.members.has(user),
      )
      const channel: Channel = known ?? {
        id: user.startsWith('U') ? `D${user.slice(1)}` : newId('D'),
        name: seed.app.name,
        kind: 'im',
        members: new Set([user, seed.app.botUserId]),
      }
      channels.set(channel.id, channel)
      return channel
    },
    post(content) {
      const message: Message = {
        ...content,
        ts: newTs(),
        reactions: [],
        state: initialState(content.blocks),
      }
      messages.add(message)
      tell({ kind: 'message', message, removed: false })
      return message
    },
    changed: (message) => tell({ kind: 'message', message, removed: false }),
    remove(message) {
      messages.remove(message)
      tell({ kind: 'message', message, removed: true })
    },
    setStack(user, stack) {
      stacks.set(user, stack)
      tell({ kind: 'views', user })
    },
    setHome(user, view) {
      homes.set(user, view)
      tell({ kind: 'home', user })
    },
    notice: (user, text) => tell({ kind: 'notice', user, text }),
    watch(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}
