import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type SlackGateway, slackGateway, type SlackOptions } from '../../src/adapters/slack/gateway'
import { realTime } from '../../src/adapters/real-time'
import type {
  Responder,
  Click,
  Inbox,
  Incoming,
  Shortcut,
  Submission,
  Submitted,
  Suggestion,
} from '../../src/ports/inbox'
import { memoryReplays } from './memory-replays'
import type { MenuOption, Message } from '../../src/ports/chat'
import type { Person } from '../../src/domain/access/person'
import { silentLog } from './silent-log'
import type { SlackWorld } from './slack-world'

export const message = (text: string): Message => ({
  text,
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
})

/** Remembers what came in, and answers as told. */
export class RecordingInbox implements Inbox {
  readonly lines: Incoming[] = []
  readonly clicks: Click[] = []
  readonly submissions: Submission[] = []
  readonly suggestions: Suggestion[] = []
  readonly shortcuts: Shortcut[] = []
  readonly homes: Person[] = []
  onLine = async (incoming: Incoming, answer: Responder): Promise<void> =>
    answer.ack(message(`heard: ${incoming.text}`))
  onClick = async (click: Click, answer: Responder): Promise<void> =>
    answer.ack(message(`did: ${click.verb}`))
  onSubmit = async (): Promise<Submitted> => ({ next: 'close' })

  async command(incoming: Incoming, answer: Responder): Promise<void> {
    this.lines.push(incoming)
    await this.onLine(incoming, answer)
  }
  async click(click: Click, answer: Responder): Promise<void> {
    this.clicks.push(click)
    await this.onClick(click, answer)
  }
  async submit(submission: Submission): Promise<Submitted> {
    this.submissions.push(submission)
    return this.onSubmit()
  }
  async suggest(suggestion: Suggestion): Promise<readonly MenuOption[]> {
    this.suggestions.push(suggestion)
    return [{ text: { type: 'plain_text', text: suggestion.typed }, value: suggestion.typed }]
  }
  async shortcut(shortcut: Shortcut, answer: Responder): Promise<void> {
    this.shortcuts.push(shortcut)
    await answer.ack()
  }
  async home(person: Person): Promise<void> {
    this.homes.push(person)
  }
}

export const botOptions = (world: SlackWorld, inbound: SlackOptions['inbound']): SlackOptions => ({
  token: world.tokens.botToken,
  apiUrl: world.apiUrl,
  inbound,
  command: '/asg',
  log: silentLog,
  time: realTime,
})

/** The adapter on Socket Mode against a simulated Slack; not started. */
export const socketBot = (world: SlackWorld): SlackGateway =>
  slackGateway(botOptions(world, { appToken: world.tokens.appToken }))

/** The adapter on signed HTTP behind a server of its own, as main has one; not started. */
export const httpBot = async (
  world: SlackWorld,
  { secret = world.tokens.signingSecret, replays = memoryReplays() } = {},
): Promise<{ bot: SlackGateway; url: string; server: Server }> => {
  const bot = slackGateway(botOptions(world, { signingSecret: secret, replays }))
  const server = createServer((request, response) => {
    if (bot.take(request, response)) return
    response.writeHead(request.url === '/healthz' ? 200 : 404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  world.slack.setRequestUrl(`${url}/slack/events`)
  return { bot, url, server }
}
