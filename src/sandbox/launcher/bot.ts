import { join } from 'node:path'
import type { BotView } from '../protocol'
import type { Bots } from '../control/world'
import { freePort } from './free-port'
import type { Supervised } from './supervised'
import { supervise } from './supervised'

const roles = ['gateway', 'worker'] as const
type Role = (typeof roles)[number]

export interface BotOptions {
  /** The built program. */
  program: string
  state: string
  /** The environment of a role but for ROLE and PORT; read at each start, for the clock's pace may have changed. */
  env: (role: Role) => Record<string, string>
  /** Whether Slack has a connection to the gateway. */
  isConnected: () => boolean
  /** Processes beside the bot that can be killed by name, e.g. redis. */
  others: Supervised[]
}
/** The real bot as two processes, and where its gateway takes HTTP. */
export interface BotProcesses extends Bots {
  gatewayPort: number
  startAll(): Promise<void>
  stopAll(): Promise<void>
}

/** Prepares the gateway and the worker; nothing runs yet. */
export async function prepareBot(options: BotOptions): Promise<BotProcesses> {
  const watchers = new Set<() => void>()
  const changed = (): void => {
    for (const watcher of watchers) watcher()
  }
  const ports = { gateway: await freePort(), worker: await freePort() }
  const bots = roles.map((role) =>
    supervise(
      {
        name: role,
        command: process.execPath,
        args: ['--enable-source-maps', options.program],
        env: () => ({ ...options.env(role), ROLE: role, PORT: String(ports[role]) }),
        log: join(options.state, `${role}.log`),
        isReady: async () =>
          (await answersReady(ports[role])) && (role !== 'gateway' || options.isConnected()),
      },
      changed,
    ),
  )
  const find = (name: string): Supervised | undefined =>
    [...bots, ...options.others].find((one) => one.name === name)
  const startAll = async (): Promise<void> => {
    for (const bot of bots) bot.start()
    await Promise.all(bots.map((bot) => bot.ready()))
  }
  const stopAll = async (): Promise<void> => {
    await Promise.all(bots.map((bot) => bot.stop()))
  }
  return {
    gatewayPort: ports.gateway,
    list: () =>
      bots.map((bot): BotView => {
        const pid = bot.pid()
        return { role: bot.name, state: bot.state(), ...(pid === undefined ? {} : { pid }) }
      }),
    kill: (role) => find(role)?.kill() ?? false,
    start(role) {
      const bot = find(role)
      bot?.start()
      return bot !== undefined
    },
    async restart() {
      await stopAll()
      await startAll()
    },
    onChange(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    startAll,
    stopAll,
  }
}

/** No bot of ours: somebody starts their own. */
export const noBot: Bots = {
  list: () => [],
  kill: () => false,
  start: () => false,
  restart: () => Promise.resolve(),
  onChange: () => () => {},
}

async function answersReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
    async (response) => {
      await response.body?.cancel()
      return response.ok
    },
    () => false,
  )
}
