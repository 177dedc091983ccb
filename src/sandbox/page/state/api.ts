import type { Option, PlainTextElement } from '@slack/types'
import type { ClickRequest, Fault, FieldValues, FleetView } from '../../protocol'
import { notify } from './notices'
import { token, user } from './session'

/** What came of a control call. A failure carries a code, what to say of it, and for forms what is wrong by block. */
export interface Reply {
  ok: boolean
  error?: string
  message?: string
  errors?: Record<string, string>
  details?: { errors?: Record<string, string> }
}

/** The options of a menu, as the app gave them. */
type Suggested = Reply & {
  options?: Option[]
  option_groups?: { label: PlainTextElement; options: Option[] }[]
}

const isReply = (body: unknown): body is Reply =>
  typeof body === 'object' && body !== null && 'ok' in body && typeof body.ok === 'boolean'

/** One control call. A failure of the way there is a reply too: `{ok: false, error}`. */
const call = async (method: string, route: string, body?: unknown): Promise<Reply> => {
  try {
    const answer = await fetch(`/control/${route}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const read: unknown = await answer.json().catch(() => undefined)
    if (isReply(read)) return read
    return { ok: answer.ok, ...(answer.ok ? {} : { error: `the sandbox answered ${answer.status}` }) }
  } catch {
    return { ok: false, error: 'the sandbox does not answer' }
  }
}

/** The fleet as it is now; nothing where the sandbox does not answer. */
export const readFleet = async (): Promise<FleetView | undefined> => {
  try {
    const answer = await fetch('/control/fleet', { headers: { authorization: `Bearer ${token}` } })
    return answer.ok ? ((await answer.json()) as FleetView) : undefined
  } catch {
    return undefined
  }
}

/** A control call, saying aloud what went wrong. */
const told = async (promise: Promise<Reply>): Promise<Reply> => {
  const reply = await promise
  const errors = reply.errors ?? reply.details?.errors
  if (errors !== undefined) return { ...reply, errors }
  if (!reply.ok) notify(reply.message ?? `That did not work: ${reply.error ?? 'unknown error'}.`)
  return reply
}

export const runCommand = (channel: string, text: string) =>
  told(call('POST', 'command', { user: user.value, channel, text }))

/** A message that is no slash command. One that is to reach the app mentions it. */
export const say = (channel: string, text: string, threadTs?: string) =>
  told(
    call('POST', text.includes('<@') ? 'mention' : 'message', {
      user: user.value,
      channel,
      text,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    }),
  )

export const click = (request: Omit<ClickRequest, 'user'>) =>
  told(call('POST', 'click', { ...request, user: user.value }))

export const submit = (view: string, values: FieldValues) =>
  told(call('POST', 'submit', { user: user.value, view, values }))

/** What a menu that asks the app offers for what is typed. */
export const suggest = (request: {
  view?: string
  channel?: string
  ts?: string
  block: string
  action: string
  query: string
}): Promise<Suggested> => told(call('POST', 'options', { ...request, user: user.value }))

export const closeForm = (view: string) => told(call('POST', 'close', { user: user.value, view }))
export const openHome = () => told(call('POST', 'home', { user: user.value }))
export const setSpeed = (speed: number) => told(call('POST', 'speed', { speed }))
/** Customers of a load balancer: so many requests a second, all day alike or by its hours. */
export const setTraffic = (loadBalancer: string, requestsPerSecond: number, curve: 'flat' | 'daily') =>
  told(call('POST', 'traffic', { loadBalancer, requestsPerSecond, curve }))
export const setBackups = (on: boolean) => told(call('POST', 'backups', { on }))
export const setFault = (fault: Fault) => told(call('POST', 'faults', fault))
export const clearFault = (id: string) => told(call('DELETE', `faults?id=${encodeURIComponent(id)}`))
export const moveBot = (role: string, what: 'kill' | 'start') => told(call('POST', 'bot', { role, do: what }))
