import type { Redis } from 'ioredis'
import { StoreUnavailable } from '../../../ports/failure'
import { commandTimeout } from './connections'
import { reaching } from './failures'
import type { Keys } from './keys'
import type { Script } from '../scripts/script'

type Argument = string | number | Buffer
type Runner = (...parameters: Argument[]) => Promise<unknown>

/** The store as the adapters of one process share it. */
export interface Store {
  readonly keys: Keys
  /** Runs a script. Rejects with StoreUnavailable. */
  run(script: Script, keys: readonly string[], parameters?: readonly Argument[]): Promise<unknown>
  /** Sends commands. Rejects with StoreUnavailable. */
  ask<T>(command: (client: Redis) => Promise<T>): Promise<T>
  /** The server's clock, in milliseconds, as far as it is known from the last look. */
  now(): number
  /** Until when, by the server's clock, a command sent now may still take effect; 0 when its clock is unknown. */
  deadline(): number
  /** A command came after its deadline: it did nothing. */
  deadlineMissed(): StoreUnavailable
}

/** Binds a `commands` connection. */
export const storeOn = (client: Redis, keys: Keys): Store => {
  const defined = new Set<string>()
  // The server's clock may differ from ours; what counts is the server's.
  let offset: number | undefined
  const syncClock = async () => {
    const before = Date.now()
    const [seconds, micros] = await client.time()
    offset = Number(seconds) * 1_000 + Number(micros) / 1_000 - (before + Date.now()) / 2
  }
  const syncClockQuietly = () => void syncClock().catch(() => undefined)
  client.on('ready', syncClockQuietly)

  return {
    keys,
    run: (script, keys, parameters = []) => {
      if (!defined.has(script.name)) {
        client.defineCommand(script.name, { lua: script.lua, numberOfKeys: script.keys })
        defined.add(script.name)
      }
      const runner = Reflect.get(client, script.name) as Runner
      return reaching(runner.call(client, ...keys, ...parameters))
    },
    ask: (command) => reaching(command(client)),
    now: () => Date.now() + (offset ?? 0),
    deadline: () => (offset === undefined ? 0 : Math.floor(Date.now() + offset + commandTimeout)),
    deadlineMissed: () => {
      syncClockQuietly()
      return new StoreUnavailable('the store answered too late; nothing was recorded')
    },
  }
}
