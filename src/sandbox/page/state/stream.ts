import { batch, effect, signal } from '@preact/signals'
import type { MessageView, OpenView, StreamEvent } from '../../protocol'
import { bare } from '../text/mrkdwn'
import { addCalls, bots, calls, faults, fleet, speed } from './account'
import { announce, notify } from './notices'
import { place, thread, unread } from './place'
import { become, token, user } from './session'
import { keepTraffic } from './traffic'
import { formErrors } from './values'
import { app, channels, commands, form, home, merge, messages, nameOf, personas } from './workspace'

/** Whether the page hears the server. */
export const connection = signal<'connecting' | 'live' | 'lost'>('connecting')

/** Whether what is streamed is still what stood there before: it ends with `view`, which always comes. */
let greeting = true

type Hello = Extract<StreamEvent, { type: 'hello' }>

const greet = (hello: Hello) => {
  greeting = true
  personas.value = hello.personas
  channels.value = hello.channels
  bots.value = hello.bots
  faults.value = hello.faults
  speed.value = hello.speed
  fleet.value = hello.fleet
  calls.value = []
  addCalls(hello.calls ?? [])
  messages.value = {}
  if (hello.app) app.value = hello.app
  if (hello.commands) commands.value = hello.commands
  const here = place.value
  const first = hello.channels[0]
  if (here.kind === 'channel' && first && !hello.channels.some((channel) => channel.id === here.id))
    place.value = { kind: 'channel', id: first.id }
  connection.value = 'live'
}

/** Puts what the app found wrong beside the fields of its form. */
const showErrors = (view: OpenView) => {
  const found: Readonly<Record<string, unknown>> = view.errors ?? {}
  const errors = Object.entries(found).map(([block, error]): [string, string] => [block, String(error)])
  formErrors.value = { ...formErrors.value, [view.id]: Object.fromEntries(errors) }
}

/** Tells of messages that were not there before: to listeners, and on the channel's name. */
const noteNew = (channel: string, held: MessageView[], changed: MessageView[]) => {
  if (greeting) return
  const fresh = changed.filter((message) => !held.some((old) => old.ts === message.ts))
  const last = fresh.at(-1)
  if (!last) return
  announce(`${nameOf(last.user)}: ${bare(last.text, nameOf)}`)
  const here = place.value
  if (here.kind !== 'channel' || here.id !== channel) unread.value = new Set([...unread.value, channel])
}

const receive = (event: StreamEvent) => {
  switch (event.type) {
    case 'hello':
      return greet(event)
    case 'messages': {
      const held = messages.value[event.channel] ?? []
      noteNew(event.channel, held, event.messages)
      messages.value = {
        ...messages.value,
        [event.channel]: merge(held, event.messages, event.removed),
      }
      return
    }
    case 'view':
      greeting = false
      form.value = event.view
      if (event.view) showErrors(event.view)
      return
    case 'home':
      home.value = event.view
      return
    case 'fleet':
      fleet.value = event.fleet
      speed.value = event.fleet.speed
      return
    case 'traffic':
      return keepTraffic(event.traffic)
    case 'call':
      return addCalls([event.call])
    case 'bots':
      bots.value = event.bots
      return
    case 'faults':
      faults.value = event.faults
      return
    case 'notice':
      return notify(event.text)
  }
}

const open = (as: string): EventSource => {
  const source = new EventSource(
    `/control/stream?user=${encodeURIComponent(as)}&token=${encodeURIComponent(token)}`,
  )
  source.addEventListener('message', (message) => {
    const event = JSON.parse(String(message.data)) as StreamEvent
    batch(() => receive(event))
    const first = personas.value[0]
    if (event.type === 'hello' && first && !personas.value.some((person) => person.id === user.value))
      become(first.id)
  })
  source.addEventListener('error', () => {
    connection.value = 'lost'
  })
  return source
}

/** Listens to the server as whoever the user is, and again when that changes. Gives what stops it. */
export const listen = (): (() => void) =>
  effect(() => {
    const as = user.value
    form.value = null
    home.value = null
    thread.value = null
    let source = open(as)
    // EventSource gives up on an HTTP error such as a server that is just starting again.
    const retry = setInterval(() => {
      if (source.readyState === EventSource.CLOSED) source = open(as)
    }, 2000)
    return () => {
      clearInterval(retry)
      source.close()
    }
  })
