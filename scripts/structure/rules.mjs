/**
 * Who may import whom. A room is a folder (or file) of src; the longest one that a file lies in counts. `may` lists rooms,
 * folders or files of src (without ending) beside the room itself; `packages` lists packages of npm and modules of Node.
 * Imports of types count as all others. docs/architecture.md shows the table.
 * @type {Readonly<Record<string, { readonly may: readonly string[], readonly packages: readonly string[] }>>}
 */
export const rooms = {
  domain: { may: [], packages: ['node:crypto', 'luxon', 'chrono-node', 'cron-parser'] },
  ports: { may: ['domain'], packages: ['@slack/types'] },
  durable: { may: ['domain', 'ports'], packages: ['node:crypto'] },
  facts: { may: ['domain', 'ports'], packages: [] },
  procedures: { may: ['domain', 'ports', 'durable', 'facts'], packages: [] },
  commands: { may: ['domain'], packages: ['zod'] },
  messages: { may: ['domain', 'commands', 'ports/chat'], packages: ['@slack/types', 'luxon'] },
  gateway: {
    may: ['domain', 'ports', 'commands', 'messages', 'durable/create-operation'],
    packages: ['node:crypto', 'zod', '@slack/types'],
  },
  worker: {
    may: ['domain', 'ports', 'durable', 'facts', 'procedures'],
    packages: ['node:crypto'],
  },
  config: {
    may: ['domain'],
    packages: ['zod', 'yaml', 'js-yaml', 'ical.js', 'node:crypto', 'node:fs', 'node:fs/promises'],
  },
  policy: { may: ['domain', 'config'], packages: ['node:fs', 'node:util'] },
  'adapters/aws': {
    may: ['domain', 'ports', 'adapters/real-time'],
    packages: ['@aws-sdk', 'node:async_hooks', 'node:crypto'],
  },
  'adapters/redis': {
    may: ['domain', 'ports', 'adapters/real-time'],
    packages: ['ioredis', 'bullmq', 'zod', 'node:crypto', 'node:timers/promises'],
  },
  'adapters/slack': {
    may: ['domain', 'ports', 'adapters/real-time'],
    packages: ['@slack', 'zod', 'node:http', 'node:crypto'],
  },
  'adapters/oidc': { may: ['domain', 'ports'], packages: ['jose'] },
  'adapters/webhooks': {
    may: ['domain', 'ports'],
    packages: ['node:crypto', 'node:dns/promises', 'node:http', 'node:https', 'node:net'],
  },
  'adapters/http': { may: ['domain', 'ports'], packages: ['prom-client', 'node:http'] },
  'adapters/real-time.ts': { may: ['ports'], packages: [] },
  'adapters/system-clock.ts': { may: ['domain', 'ports'], packages: [] },
  roles: {
    may: ['domain', 'ports', 'config', 'gateway', 'worker', 'adapters'],
    packages: ['node:http'],
  },
  'main.ts': { may: ['config', 'ports/failure', 'roles', 'adapters'], packages: ['pino'] },
  // The command line: it meets the bot on the wire, and shares with it what only says what a word or a sign means.
  cli: {
    may: [
      'domain/defined',
      'domain/interaction/nearest',
      'domain/operation/id',
      'domain/record',
      'domain/time',
      'messages/text/josa',
    ],
    packages: [
      'node:crypto',
      'node:fs/promises',
      'node:timers/promises',
      'node:util',
      'node:zlib',
      '../../package.json',
    ],
  },
  // The action for GitHub: the command line with GitHub's files and addresses around it.
  action: {
    may: ['cli', 'domain/defined'],
    packages: ['node:crypto', 'node:fs/promises', 'node:timers/promises'],
  },
  sandbox: { may: [], packages: ['*'] },
}

/** Most files that a folder of src may hold beside its folders. @type {Readonly<Record<string, number>>} */
export const looseFiles = {
  domain: 10,
  facts: 5,
  procedures: 5,
  durable: 12,
  messages: 10,
  gateway: 12,
  worker: 8,
}
