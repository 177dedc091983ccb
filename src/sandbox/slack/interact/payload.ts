import type { Obj } from '../json'
import type { Slack } from '../slack'
import type { Channel, User } from '../workspace/model'

/** What every interaction payload says of the app, the team and the person. */
export function interaction(slack: Slack, type: string, user: User): Obj {
  const { app } = slack.workspace
  return {
    type,
    user: { id: user.id, username: user.name, name: user.name, team_id: app.teamId },
    api_app_id: app.id,
    token: app.verificationToken,
    team: { id: app.teamId, domain: app.teamDomain },
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
