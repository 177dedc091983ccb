import type { ServerResponse } from 'node:http'
import type { ChannelView, PersonaView, StreamEvent } from '../protocol'
import type { Change, User } from '../slack/workspace/model'
import { isVisible } from '../slack/workspace/messages'
import type { Control } from './routes/route'
import { allFaults } from './routes/world'
import { messageView, openView } from './views'

/** The fleet is sent at most so often, in real milliseconds. */
const fleetPace = 200
/** What customers see is sent at this pace, in real milliseconds. */
const trafficPace = 500
const heartbeat = 15_000
const callsShown = 100

/** Streams to one page what one user sees, and how the fleet lives, until the page goes away. */
export function stream(control: Control, user: User, response: ServerResponse): void {
  const { slack, world, bots } = control
  const { workspace } = slack
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
  })
  const send = (event: StreamEvent): void => void response.write(`data: ${JSON.stringify(event)}\n\n`)

  send({
    type: 'hello',
    personas: personas(control),
    channels: channels(control, user),
    speed: world.speed(),
    bots: bots.list(),
    fleet: world.fleet(),
    faults: allFaults(control),
    app: { id: workspace.app.botUserId, name: workspace.app.displayName },
    commands: workspace.app.commands.map(({ name, usage, description }) => ({
      command: name,
      usage,
      description,
    })),
    calls: world.calls(0).slice(-callsShown),
  })
  for (const { id } of channels(control, user)) {
    const messages = workspace.messages.visible(id, user.id).map((one) => messageView(control, one))
    if (messages.length > 0) send({ type: 'messages', channel: id, messages, removed: [] })
  }
  const sendView = (): void => {
    const top = workspace.stacks.get(user.id)?.at(-1)
    send({ type: 'view', view: top ? openView(slack, top) : null })
  }
  const sendHome = (): void => {
    const home = workspace.homes.get(user.id)
    if (home) send({ type: 'home', user: user.id, view: openView(slack, home).view })
  }
  const sendFaults = (): void => send({ type: 'faults', faults: allFaults(control) })
  sendView()
  sendHome()

  const tell = (change: Change): void => {
    if (change.kind === 'message') {
      const { message, removed } = change
      const inChannel = workspace.channels.get(message.channel)?.members.has(user.id)
      if (!inChannel || !isVisible(message, user.id)) return
      const { channel, ts } = message
      send(
        removed
          ? { type: 'messages', channel, messages: [], removed: [ts] }
          : { type: 'messages', channel, messages: [messageView(control, message)], removed: [] },
      )
    } else if (change.user !== user.id) return
    else if (change.kind === 'views') sendView()
    else if (change.kind === 'home') sendHome()
    else send({ type: 'notice', text: change.text })
  }
  let fleetTimer: NodeJS.Timeout | undefined
  const fleetSoon = (): void => {
    fleetTimer ??= setTimeout(() => {
      fleetTimer = undefined
      send({ type: 'fleet', fleet: world.fleet() })
    }, fleetPace)
  }
  const sendTraffic = (): void => send({ type: 'traffic', traffic: world.traffic() })
  sendTraffic()
  const trafficTimer = setInterval(sendTraffic, trafficPace)
  const beat = setInterval(() => void response.write(': still here\n\n'), heartbeat)
  const ends = [
    workspace.watch(tell),
    world.onChange(fleetSoon),
    world.onCall((call) => send({ type: 'call', call })),
    bots.onChange(() => send({ type: 'bots', bots: bots.list() })),
    slack.onFaults(sendFaults),
    world.onFaults(sendFaults),
  ]
  response.on('close', () => {
    for (const end of ends) end()
    clearInterval(beat)
    clearInterval(trafficTimer)
    clearTimeout(fleetTimer)
  })
}

function personas({ slack }: Control): PersonaView[] {
  return [...slack.workspace.users.values()]
    .filter((user) => !user.isBot && !user.deleted)
    .map(({ id, name, title, tz, locale }) => ({ id, name, title, timezone: tz, locale }))
}

function channels({ slack: { workspace } }: Control, user: User): ChannelView[] {
  workspace.direct(user.id)
  return [...workspace.channels.values()]
    .filter((channel) => channel.members.has(user.id))
    .map(({ id, name, kind }) => (kind === 'im' ? { id, name, direct: true } : { id, name }))
}
