import { randomBytes } from 'node:crypto'
import type { WorkspaceSeed } from './workspace/workspace'

const bot = 'U0ROLLCALL'

/** The tokens of one start; random, so that nothing outside knows them. */
export function newTokens() {
  const secret = (): string => randomBytes(12).toString('hex')
  return {
    botToken: `xoxb-sandbox-${secret()}`,
    appToken: `xapp-1-sandbox-${secret()}`,
    signingSecret: secret(),
  }
}
export type Tokens = ReturnType<typeof newTokens>

/** The seed's team: three people, one user group, the channel `ops`, and Rollcall as its manifest installs it. */
export function seedWorkspace(tokens: Tokens): WorkspaceSeed {
  const person = { isBot: false, locale: 'en-US', tz: 'America/New_York' }
  return {
    app: {
      id: 'A0ROLLCALL',
      name: 'rollcall',
      displayName: 'Rollcall',
      teamId: 'T0SANDBOX',
      teamDomain: 'sandbox',
      botId: 'B0ROLLCALL',
      botUserId: bot,
      ...tokens,
      verificationToken: 'sandbox-verification',
      botScopes: [
        'commands',
        'chat:write',
        'users:read',
        'usergroups:read',
        'app_mentions:read',
        'channels:read',
        'im:write',
        'im:history',
      ],
      appScopes: ['connections:write'],
      commands: [
        {
          name: '/asg',
          shouldEscape: true,
          usage: 'deploy web v2 | status | help',
          description: 'Deploy, roll back and scale fleets on EC2 Auto Scaling',
        },
      ],
      shortcuts: [
        { callbackId: 'deploy', name: 'Deploy', type: 'global' },
        { callbackId: 'schedule', name: 'Schedule event', type: 'global' },
        { callbackId: 'show_run', name: 'Show run', type: 'message' },
      ],
      events: ['app_mention', 'app_home_opened', 'message.im'],
    },
    users: [
      { ...person, id: 'U0ALICE', name: 'alice', realName: 'Alice', title: 'operator' },
      {
        ...person,
        id: 'U0BOB',
        name: 'bob',
        realName: 'Bob',
        title: 'approver',
        locale: 'ko-KR',
        tz: 'Asia/Seoul',
      },
      {
        ...person,
        id: 'U0MALLORY',
        name: 'mallory',
        realName: 'Mallory',
        title: 'nobody',
        tz: 'Europe/London',
      },
      {
        ...person,
        id: bot,
        name: 'rollcall',
        realName: 'Rollcall',
        title: 'app',
        isBot: true,
        tz: 'Etc/UTC',
      },
    ],
    groups: [{ id: 'S0OPS', handle: 'ops-team', name: 'Operations', users: ['U0ALICE', 'U0BOB'] }],
    channels: [
      {
        id: 'C0OPS',
        name: 'ops',
        kind: 'public',
        members: new Set(['U0ALICE', 'U0BOB', 'U0MALLORY', bot]),
      },
    ],
  }
}
