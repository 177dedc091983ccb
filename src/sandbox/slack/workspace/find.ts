import type { Channel, User } from './model'
import type { Workspace } from './workspace'

/** A person or bot by id or by name, with or without `@`. */
export function findUser(workspace: Workspace, nameOrId: string): User | undefined {
  const name = nameOrId.replace(/^@/, '').toLowerCase()
  return workspace.users.get(nameOrId) ?? [...workspace.users.values()].find((user) => user.name === name)
}

/** A channel by id or by name, with or without `#`; the name of the app is each user's direct channel. */
export function findChannel(workspace: Workspace, nameOrId: string, user?: string): Channel | undefined {
  const name = nameOrId.replace(/^[#@]/, '').toLowerCase()
  if (user && name === workspace.app.name) return workspace.direct(user)
  return (
    workspace.channels.get(nameOrId) ??
    [...workspace.channels.values()].find((channel) => channel.kind !== 'im' && channel.name === name)
  )
}
