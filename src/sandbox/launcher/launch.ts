import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAws } from '../aws'
import { seedFleet } from '../aws/seed'
import { seedPay } from '../aws/seed-pay'
import { serveAws } from '../aws/server'
import { serveLoadBalancers } from '../aws/traffic/server'
import { createLiveClock } from '../clock'
import type { SandboxConfig } from '../config'
import type { Bots } from '../control/world'
import { serveControl } from '../control/server'
import { createSlack } from '../slack'
import { readManifest } from '../slack/manifest'
import type { OnSent } from '../slack/sent'
import { newTokens, seedWorkspace } from '../slack/seed'
import { prepareBot, noBot } from './bot'
import { catalogue } from './catalogue'
import type { BotSurroundings } from './environment'
import {
  awsEnvironment,
  doorEnvironment,
  hookEnvironment,
  sharedEnvironment,
  slackEnvironment,
} from './environment'
import { freePort } from './free-port'
import { onPort } from './on-port'
import { startRedis } from './redis'
import { worldOf } from './world'

/** Files that the build laid beside the launcher. */
export interface Built {
  page: string
  bot: string
  /** The directory of the app's manifests. */
  manifests: string
}
/** A sandbox that starts or runs. */
export interface Sandbox {
  /** Resolves with the page's address when a command can be typed; rejects where that does not come to be. */
  ready: Promise<string>
  /** Ends everything that it has started, at any time. */
  stop(): Promise<void>
}

/** Starts the whole sandbox. */
export function launch(config: SandboxConfig, built: Built, say: (line: string) => void): Sandbox {
  const ends: (() => Promise<void> | void)[] = []
  return {
    ready: raise(config, built, say, ends),
    async stop() {
      for (const end of ends.splice(0).reverse()) await end()
    },
  }
}

async function raise(
  config: SandboxConfig,
  built: Built,
  say: (line: string) => void,
  ends: (() => Promise<void> | void)[],
): Promise<string> {
  mkdirSync(config.state, { recursive: true, mode: 0o700 })
  const clock = createLiveClock({ start: Date.now(), speed: config.speed })
  ends.push(() => clock.stop())
  const aws = createAws({ clock, speed: () => clock.anchor.speed })
  seedFleet(aws)
  if (config.weighted) seedPay(aws)
  const awsServer = await onPort('SANDBOX_AWS_PORT', config.awsPort, (port) =>
    serveAws(aws, { port, host: '127.0.0.1', token: config.token }),
  )
  ends.push(() => awsServer.close())
  say(`AWS answers at ${awsServer.url} (access key id: the token of this start)`)

  const balancers = await onPort('SANDBOX_LB_PORT', config.lbPort, (port) =>
    serveLoadBalancers(aws.world, aws.traffic.dataPlane, { port }),
  )
  ends.push(() => balancers.close())
  say(`load balancers answer at ${balancers.url}/_lb/<name>/`)

  const tokens = newTokens()
  const installed = seedWorkspace(tokens, readManifest(config.mode, built.manifests))
  const onSent: OnSent = (sent) =>
    appendFileSync(join(config.state, 'slack.jsonl'), `${JSON.stringify(sent)}\n`)
  const slack = createSlack({
    seed: installed,
    limits: config.slackLimits,
    ...(config.record ? { onSent } : {}),
  })
  let bots: Bots = noBot
  const closedFrom = config.windows ? clock.now() : undefined
  const seedsCatalogue = join(config.state, 'rollcall.yaml')
  let hooksUrl = ''
  const writeCatalogue = (backups: boolean): void =>
    writeFileSync(
      seedsCatalogue,
      catalogue({
        backups,
        weighted: config.weighted,
        checks: config.checks,
        token: config.token,
        closedFrom,
        hooksUrl,
      }),
    )
  const world = worldOf(aws, clock, { onBackups: writeCatalogue, balancersUrl: balancers.url })
  const control = {
    slack,
    world,
    get bots() {
      return bots
    },
  }
  const server = await onPort('SANDBOX_PORT', config.port, (port) =>
    serveControl(control, { port, token: config.token, page: built.page }),
  )
  ends.push(() => server.close())
  const slackUrl = `http://127.0.0.1:${server.port}`
  hooksUrl = `${slackUrl}/hooks`
  writeCatalogue(false)
  if (config.backups) world.setBackups(true)
  say(`Slack and the page answer at ${slackUrl}`)

  const redis = await startRedis(config.state, config.redisUrl, say)
  const { process } = redis
  if (process) ends.push(() => process.stop())
  say(`Redis answers at ${redis.url.replace(/:[^:@/]*@/, ':…@')}`)

  const around: BotSurroundings = {
    tokens,
    mode: config.mode,
    slackUrl,
    awsUrl: awsServer.url,
    awsKey: config.token,
    redis,
    catalogue: config.catalogue ?? seedsCatalogue,
    clock,
    logLevel: config.logLevel,
  }
  const apiPort = await onPort('SANDBOX_API_PORT', config.apiPort, freePort)
  const page = `${slackUrl}/?token=${config.token}`
  if (!config.bot) {
    if (config.mode === 'http') slack.setRequestUrl(config.requestUrl)
    sayEnvironment(config, around, apiPort, say)
    return page
  }
  const prepared = await prepareBot({
    program: built.bot,
    state: config.state,
    others: process ? [process] : [],
    isConnected: () => slack.transport().isConnected(),
    env: (role) => ({
      ...sharedEnvironment(around),
      ...(role === 'gateway'
        ? { ...slackEnvironment(around), ...doorEnvironment(apiPort) }
        : { ...awsEnvironment(around), ...hookEnvironment(around) }),
    }),
  })
  if (config.mode === 'http') slack.setRequestUrl(`http://127.0.0.1:${prepared.gatewayPort}/slack/events`)
  bots = prepared
  ends.push(() => prepared.stopAll())
  say('starting the bot: gateway and worker')
  await prepared.startAll()
  say(`pipelines ask at http://127.0.0.1:${apiPort}/v1 (machine ci: Bearer, the token of this start)`)
  return page
}

/** Says how to start a bot of one's own, and leaves the same in a file. */
function sayEnvironment(
  config: SandboxConfig,
  around: BotSurroundings,
  apiPort: number,
  say: (line: string) => void,
): void {
  const all = {
    ...sharedEnvironment(around),
    ...slackEnvironment(around),
    ...doorEnvironment(apiPort),
    ...awsEnvironment(around),
    ...hookEnvironment(around),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}='${value}'`)
  const file = join(config.state, 'bot.env')
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  say(`no bot was started (SANDBOX_BOT=off); yours finds the sandbox with these, also in ${file}:`)
  for (const line of lines) say(`  ${line}`)
}
