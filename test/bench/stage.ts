import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ConnectedStore, connectStore } from '../../src/adapters/redis'
import { systemClock } from '../../src/adapters/system-clock'
import { type Aws, createAws } from '../../src/sandbox/aws'
import { type AwsServer, serveAws } from '../../src/sandbox/aws/server'
import { createLiveClock, type LiveClock } from '../../src/sandbox/clock'
import { serveControl } from '../../src/sandbox/control/server'
import { noBot, prepareBot } from '../../src/sandbox/launcher/bot'
import {
  awsEnvironment,
  type BotSurroundings,
  doorEnvironment,
  sharedEnvironment,
  slackEnvironment,
} from '../../src/sandbox/launcher/environment'
import { freePort } from '../../src/sandbox/launcher/free-port'
import { startRedis } from '../../src/sandbox/launcher/redis'
import { worldOf } from '../../src/sandbox/launcher/world'
import { createSlack, type SlackSimulator } from '../../src/sandbox/slack'
import { newTokens, seedWorkspace } from '../../src/sandbox/slack/seed'
import type { Fleet } from './fleet'
import { say } from './report'

/** The built bot as two processes, with Redis, before the simulators, and a second AWS for the naive way. */
export interface Stage {
  readonly clock: LiveClock
  readonly aws: Aws
  /** The same world from the same seed, on the same clock, for the naive way. */
  readonly naive: { readonly aws: Aws; readonly url: string }
  readonly slack: SlackSimulator
  /** The bot's own store, to look at. */
  readonly store: ConnectedStore
  /** Where the door for pipelines is, where it was asked for; nothing is behind it otherwise. */
  readonly door: string
  readonly pidOf: (role: 'gateway' | 'worker') => number
}

export interface StageOptions {
  readonly fleet: Fleet
  /** Simulated seconds a real second. */
  readonly speed: number
  /** Whether Slack's real rate limits hold. */
  readonly slackLimits?: boolean
  /** Whether the gateway opens the door for pipelines. */
  readonly door?: boolean
}

export const token = 'bench'
/** Where the bench was built to, and the programs that it measures. */
export const built = dirname(fileURLToPath(import.meta.url))
/** Of every world that is compared. */
export const seed = 7

/** Runs something on a stage, and clears it away whatever happens. */
export const onStage = async <T>(options: StageOptions, run: (stage: Stage) => Promise<T>): Promise<T> => {
  const ends: (() => Promise<void> | void)[] = []
  const state = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  ends.push(() => rmSync(state, { recursive: true, force: true }))
  try {
    return await run(await raise(options, state, ends))
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

const raise = async (
  { fleet, speed, slackLimits = false, door = false }: StageOptions,
  state: string,
  ends: (() => Promise<void> | void)[],
): Promise<Stage> => {
  const clock = createLiveClock({ start: Date.now(), speed })
  ends.push(() => clock.stop())
  const world = async (): Promise<{ aws: Aws; server: AwsServer }> => {
    const aws = createAws({ clock, seed, speed: () => speed })
    fleet.seed(aws)
    const server = await serveAws(aws, { port: 0, token })
    ends.push(() => server.close())
    return { aws, server }
  }
  const [ours, naive] = [await world(), await world()]

  const tokens = newTokens()
  const workspace = seedWorkspace(tokens)
  const channels = fleet.channels(workspace.app.botUserId)
  const slack = createSlack({ seed: { ...workspace, channels }, limits: slackLimits })
  const control = { slack, world: worldOf(ours.aws, clock), bots: noBot }
  const server = await serveControl(control, { port: 0, token, page: join(built, 'page') })
  ends.push(() => server.close())

  const redis = await startRedis(state, undefined, say)
  ends.push(() => redis.process?.stop())
  const catalogue = join(state, 'rollcall.yaml')
  writeFileSync(catalogue, fleet.catalogue)
  const around: BotSurroundings = {
    tokens,
    mode: 'socket',
    slackUrl: `http://127.0.0.1:${server.port}`,
    awsUrl: ours.server.url,
    awsKey: token,
    redis,
    catalogue,
    clock,
    logLevel: 'warn',
  }
  const apiPort = await freePort()
  const bot = await prepareBot({
    program: join(built, 'main.js'),
    state,
    others: [],
    isConnected: () => slack.transport().isConnected(),
    env: (role) => ({
      ...sharedEnvironment(around),
      ...(role === 'gateway' ? slackEnvironment(around) : awsEnvironment(around)),
      ...(role === 'gateway' && door && doorEnvironment(apiPort)),
    }),
  })
  ends.push(() => bot.stopAll())
  await bot.startAll()
  const store = connectStore({ ...redis, clock: systemClock(clock.anchor) })
  ends.push(() => store.close())
  return {
    clock,
    aws: ours.aws,
    naive: { aws: naive.aws, url: naive.server.url },
    slack,
    store,
    door: `http://127.0.0.1:${apiPort}`,
    pidOf: (role) => bot.list().find((one) => one.role === role)?.pid ?? 0,
  }
}
