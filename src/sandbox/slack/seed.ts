import { randomBytes } from 'node:crypto'
import type { AppSettings } from './manifest'
import { readManifest } from './manifest'
import type { User } from './workspace/model'
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

const person = { isBot: false, locale: 'en-US', tz: 'America/New_York' }

/** Three members with their roles, and those who are no full members of this workspace. */
const people: User[] = [
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
  { ...person, id: 'U0MALLORY', name: 'mallory', realName: 'Mallory', title: 'nobody', tz: 'Europe/London' },
  { ...person, id: 'U0GINA', name: 'gina', realName: 'Gina', title: 'guest', guest: 'multi' },
  { ...person, id: 'U0UMA', name: 'uma', realName: 'Uma', title: 'guest of ops alone', guest: 'single' },
  {
    ...person,
    id: 'U0SORA',
    name: 'sora',
    realName: 'Sora',
    title: 'another workspace',
    teamId: 'T0PARTNER',
  },
  { ...person, id: 'U0DANA', name: 'dana', realName: 'Dana', title: 'has left', deleted: true },
  {
    ...person,
    id: 'U0PIPELINE',
    name: 'pipeline',
    realName: 'Pipeline',
    title: 'another app',
    isBot: true,
    botId: 'B0PIPELINE',
  },
]

/** The seed's team: its people, one user group, the channel `ops`, and Rollcall as its manifest installs it. */
export function seedWorkspace(tokens: Tokens, app: AppSettings = readManifest('socket')): WorkspaceSeed {
  return {
    app: {
      ...app,
      id: 'A0ROLLCALL',
      teamId: 'T0SANDBOX',
      teamDomain: 'sandbox',
      botId: 'B0ROLLCALL',
      botUserId: bot,
      ...tokens,
      verificationToken: 'sandbox-verification',
      appScopes: ['connections:write'],
    },
    users: [
      ...people.map((one) => ({ ...one })),
      {
        ...person,
        id: bot,
        name: app.name,
        realName: app.displayName,
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
        members: new Set([...people.filter(({ deleted }) => !deleted).map(({ id }) => id), bot]),
      },
    ],
  }
}
