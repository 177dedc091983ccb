import type { Message } from '../workspace/model'
import type { Workspace } from '../workspace/workspace'
import type { Args } from './args'
import { ApiError } from './error'
import type { Methods } from './method'
import { tier } from './method'

/** reactions.add and reactions.remove. */
export const reactions: Methods = {
  'reactions.add': {
    token: 'bot',
    scopes: ['reactions:write'],
    perMinute: tier.three,
    run({ workspace, args }) {
      const { message, name } = target(workspace, args)
      const bot = workspace.app.botUserId
      const known = message.reactions.find((reaction) => reaction.name === name)
      if (known?.users.includes(bot)) throw new ApiError('already_reacted')
      if (known) known.users.push(bot)
      else message.reactions.push({ name, users: [bot] })
      workspace.changed(message)
      return {}
    },
  },
  'reactions.remove': {
    token: 'bot',
    scopes: ['reactions:write'],
    perMinute: tier.two,
    run({ workspace, args }) {
      const { message, name } = target(workspace, args)
      const known = message.reactions.find((reaction) => reaction.name === name)
      if (!known?.users.includes(workspace.app.botUserId)) throw new ApiError('no_reaction')
      known.users = known.users.filter((user) => user !== workspace.app.botUserId)
      message.reactions = message.reactions.filter((reaction) => reaction.users.length > 0)
      workspace.changed(message)
      return {}
    },
  },
}

function target(workspace: Workspace, args: Args): { message: Message; name: string } {
  const name = args.text('name').replaceAll(':', '')
  if (!/^[a-z0-9_+'-]+$/.test(name)) throw new ApiError('invalid_name')
  const message = workspace.messages.get(args.text('channel'), args.text('timestamp'))
  if (!message || message.onlyFor) throw new ApiError('message_not_found')
  return { message, name }
}
