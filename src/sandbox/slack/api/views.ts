import type { Obj } from '../json'
import type { Trigger } from '../workspace/tickets'
import type { ViewResult } from '../workspace/views'
import {
  findView,
  isRefusal,
  openView,
  publishHome,
  pushView,
  updateView,
  viewJson,
} from '../workspace/views'
import type { Workspace } from '../workspace/workspace'
import { ApiError, invalidArguments } from './error'
import type { Context, Methods } from './method'
import { tier } from './method'

/** The views.* methods: https://docs.slack.dev/reference/methods?family=views */
export const views: Methods = {
  'views.open': {
    token: 'bot',
    scopes: [],
    perMinute: tier.four,
    run(context) {
      const { workspace } = context
      const view = context.args.json('view')
      const trigger = exchange(context)
      return answer(workspace, openView(workspace, trigger.user, view))
    },
  },
  'views.push': {
    token: 'bot',
    scopes: [],
    perMinute: tier.four,
    run(context) {
      const { workspace } = context
      const view = context.args.json('view')
      const trigger = exchange(context)
      if (!trigger.view) throw new ApiError('not_found')
      return answer(workspace, pushView(workspace, trigger.user, view))
    },
  },
  'views.update': {
    token: 'bot',
    scopes: [],
    perMinute: tier.four,
    run({ workspace, args }) {
      const id = args.optional('view_id')
      const externalId = args.optional('external_id')
      if (!id && !externalId) throw invalidArguments('missing required field: view_id')
      const view = findView(workspace, id, externalId)
      if (!view) throw new ApiError('not_found')
      return answer(workspace, updateView(workspace, view, args.json('view'), args.optional('hash')))
    },
  },
  'views.publish': {
    token: 'bot',
    scopes: [],
    perMinute: tier.four,
    run({ workspace, args }) {
      const user = workspace.users.get(args.text('user_id'))
      if (!user) throw invalidArguments('invalid `user_id`')
      return answer(workspace, publishHome(workspace, user.id, args.json('view'), args.optional('hash')))
    },
  },
}

function exchange({ triggers, args }: Context): Trigger {
  const trigger = triggers.exchange(args.text('trigger_id'))
  if (trigger === 'invalid_trigger_id') {
    throw new ApiError('invalid_arguments', { response_metadata: { messages: ['invalid `trigger_id`'] } })
  }
  if (typeof trigger === 'string') throw new ApiError(trigger)
  return trigger
}

function answer(workspace: Workspace, result: ViewResult): Obj {
  if (!isRefusal(result)) return { view: viewJson(workspace, result) }
  if (result.faults) throw invalidArguments(...result.faults)
  throw new ApiError(result.error)
}
