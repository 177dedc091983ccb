import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt'
import { createServer } from 'node:http'

/** The least that the launcher takes for a bot: roles, /readyz on PORT, `/asg` answered by the gateway. */
const env = process.env
const port = Number(env['PORT'])
let ready = false

const healthRoute = {
  path: '/readyz',
  method: 'GET',
  handler: (_request: unknown, response: { writeHead(status: number): void; end(): void }) => {
    response.writeHead(ready ? 200 : 503)
    response.end()
  },
}
const apiUrl = env['SLACK_API_URL'] ?? ''

/** What a test may want to know of the process. */
const answers: { [text: string]: string | undefined } = {
  env: Object.keys(env).sort().join(' '),
  clock: env['CLOCK_SPEED'],
  catalogue: env['ROLLCALL_CONFIG'],
  pid: String(process.pid),
}

async function gateway(): Promise<void> {
  const http = env['SLACK_APP_TOKEN'] === undefined
  const receiver = http
    ? new HTTPReceiver({
        signingSecret: env['SLACK_SIGNING_SECRET'] ?? '',
        customRoutes: [healthRoute],
        port,
      })
    : new SocketModeReceiver({
        appToken: env['SLACK_APP_TOKEN'] ?? '',
        installerOptions: { port, clientOptions: { slackApiUrl: apiUrl } },
        customRoutes: [healthRoute],
        logLevel: LogLevel.ERROR,
      })
  const app = new App({
    receiver,
    token: env['SLACK_BOT_TOKEN'] ?? '',
    clientOptions: { slackApiUrl: apiUrl },
    logLevel: LogLevel.ERROR,
  })
  app.command('/asg', async ({ ack, command }) => {
    await ack({ text: answers[command.text] ?? `tiny heard ${command.text}` })
  })
  await (http ? app.start({ port, host: '127.0.0.1' }) : app.start())
}

if (env['ROLE'] === 'gateway') await gateway()
else {
  createServer((_request, response) => {
    response.writeHead(ready ? 200 : 503)
    response.end()
  }).listen(port, '127.0.0.1')
}
ready = true
