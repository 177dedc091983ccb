import type { Methods } from './method'
import { tier } from './method'

/** auth.test and apps.connections.open. */
export const auth: Methods = {
  'auth.test': {
    token: 'bot',
    scopes: [],
    perMinute: 600,
    run({ workspace: { app } }) {
      return {
        url: `https://${app.teamDomain}.slack.com/`,
        team: app.teamDomain,
        user: app.name,
        team_id: app.teamId,
        user_id: app.botUserId,
        bot_id: app.botId,
        is_enterprise_install: false,
      }
    },
  },
  'apps.connections.open': {
    token: 'app',
    scopes: ['connections:write'],
    perMinute: tier.one * 60,
    run: ({ openConnection }) => ({ url: openConnection() }),
  },
}
