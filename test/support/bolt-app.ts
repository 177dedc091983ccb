import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt'
import type { AddressInfo } from 'node:net'
import type { SlackWorld } from './slack-world'
import { until } from './slack-world'

/** A Bolt app on Socket Mode against a simulated Slack; `register` adds its listeners. */
export async function startSocketApp(world: SlackWorld, register: (app: App) => void): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: world.tokens.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: world.apiUrl } },
  })
  const app = newApp(world, receiver)
  register(app)
  await app.start()
  return app
}

/** Stops one, and waits until its connection is closed on both sides. */
export async function stopSocketApp(world: SlackWorld, app: App): Promise<void> {
  const before = world.slack.sockets.count()
  await app.stop()
  await until(() => world.slack.sockets.count() < before)
}

/** A Bolt app on signed HTTP; the simulated Slack is told its request URL. */
export async function startHttpApp(
  world: SlackWorld,
  register: (app: App) => void,
  secret?: string,
): Promise<App> {
  const receiver = new HTTPReceiver({
    signingSecret: secret ?? world.tokens.signingSecret,
    logLevel: LogLevel.ERROR,
    port: 0,
  })
  const app = newApp(world, receiver)
  register(app)
  const server = (await app.start({ port: 0, host: '127.0.0.1' })) as { address(): AddressInfo }
  world.slack.setRequestUrl(`http://127.0.0.1:${server.address().port}/slack/events`)
  return app
}

function newApp(world: SlackWorld, receiver: SocketModeReceiver | HTTPReceiver): App {
  return new App({
    receiver,
    logLevel: LogLevel.ERROR,
    token: world.tokens.botToken,
    clientOptions: { slackApiUrl: world.apiUrl },
  })
}
