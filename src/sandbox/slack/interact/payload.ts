import type { Obj } from '../json'
import type { Slack } from '../slack'
import type { Channel, User } from '../workspace/model'

/** What every interaction payload says of the app, the team and the person. */
export function interaction(slack: Slack, type: string, user: User): Obj {
  const { app } = slack.workspace
  const team = user.teamId ?? app.teamId
  return {
    type,
    user: { id: user.id, username: user.name, name: user.name, team_id: team },
    api_app_id: app.id,
    token: app.verificationToken,
    team: { id: team, domain: user.teamId === undefined ? app.teamDomain : team.toLowerCase() },
    enterprise: null,
    is_enterprise_install: false,
  }
}

/** A channel as interactions name it. */
export function channelRef(channel: Channel): Obj {
  return { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name }
}

/** An interaction's time, in seconds with microseconds. */
export function actionTs(slack: Slack): string {
  return (slack.timer.now() / 1000).toFixed(6)
}
