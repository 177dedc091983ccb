import type { Obj } from '../json'
import type { User } from '../workspace/model'
import type { Workspace } from '../workspace/workspace'
import { ApiError } from './error'
import type { Methods } from './method'
import { tier } from './method'
import { paginate } from './pages'

/** The users.* and usergroups.* methods that a bot reads people by. */
export const users: Methods = {
  'users.info': {
    token: 'bot',
    scopes: ['users:read'],
    perMinute: tier.four,
    run({ workspace, args, timer }) {
      const user = workspace.users.get(args.text('user'))
      if (!user) throw new ApiError('user_not_found')
      return { user: userJson(workspace, user, timer.now(), args.flag('include_locale')) }
    },
  },
  'users.list': {
    token: 'bot',
    scopes: ['users:read'],
    perMinute: tier.two,
    run({ workspace, args, timer }) {
      const own = [...workspace.users.values()].filter(({ teamId }) => teamId === undefined)
      const { page, response_metadata } = paginate(own, args)
      const members = page.map((user) => userJson(workspace, user, timer.now(), args.flag('include_locale')))
      return { members, cache_ts: Math.floor(timer.now() / 1000), response_metadata }
    },
  },
  'usergroups.list': {
    token: 'bot',
    scopes: ['usergroups:read'],
    perMinute: tier.two,
    run({ workspace, args }) {
      const usergroups = [...workspace.groups.values()].map((group) => ({
        id: group.id,
        team_id: workspace.app.teamId,
        is_usergroup: true,
        name: group.name,
        handle: group.handle,
        description: '',
        date_delete: 0,
        user_count: args.flag('include_count') ? group.users.length : undefined,
        users: args.flag('include_users') ? group.users : undefined,
      }))
      return { usergroups }
    },
  },
  'usergroups.users.list': {
    token: 'bot',
    scopes: ['usergroups:read'],
    perMinute: tier.two,
    run({ workspace, args }) {
      const group = workspace.groups.get(args.text('usergroup'))
      if (!group) throw new ApiError('no_such_subteam')
      return { users: group.users }
    },
  },
}

function userJson(workspace: Workspace, user: User, now: number, withLocale: boolean): Obj {
  return {
    id: user.id,
    team_id: user.teamId ?? workspace.app.teamId,
    name: user.name,
    deleted: user.deleted === true,
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: zoneOffset(user.tz, now),
    profile: {
      real_name: user.realName,
      display_name: user.name,
      title: user.title,
      team: user.teamId ?? workspace.app.teamId,
      ...(user.isBot ? { bot_id: user.botId ?? workspace.app.botId, api_app_id: workspace.app.id } : {}),
    },
    is_admin: false,
    is_owner: false,
    // slack: reference/objects/user-object. A single-channel guest is both.
    is_restricted: user.guest !== undefined,
    is_ultra_restricted: user.guest === 'single',
    is_bot: user.isBot,
    is_app_user: false,
    updated: Math.floor(now / 1000),
    ...(withLocale ? { locale: user.locale } : {}),
  }
}

/** Seconds east of UTC at an instant, as `tz_offset` says it. */
function zoneOffset(zone: string, now: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'longOffset',
  }).formatToParts(now)
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const match = /([+-])(\d{2}):(\d{2})/.exec(name)
  if (!match) return 0
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60
  return match[1] === '-' ? -seconds : seconds
}
