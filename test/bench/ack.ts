import { typeDeploy } from './commands'
import { type BenchService, fleetOf, serviceList } from './fleet'
import { figure, rounded, say } from './report'
import { onStage, type Stage } from './stage'
import { percentile } from './statistics'
import { pause, until } from './until'

/** Commands a second, and for how many seconds. */
const rate = 50
const seconds = 6
/** Commands before those that count: programs warm up, people's languages are looked up. */
const before = 25
/** Real milliseconds for which the last first message is waited for. */
const patience = 30_000

/** When Slack handed a command over, had its acknowledgement, and saw its operation's first message; real ms. */
interface Watched {
  deliveredAt?: number
  ackedAt?: number
  messageAt?: number
}

/**
 * `ack_p50`, `ack_p99`, `first_message_p50`, `first_message_p99`: real deploys of as many services, seen from the
 * simulated Slack, with Slack's own limits in force.
 */
export const ack = (): Promise<void> => {
  const count = before + rate * seconds
  say(`ack: ${count} deploys, ${rate} a second`)
  const services = serviceList(count, { prefix: 'ack', strategy: 'refresh', baked: true, channels: 60 })
  return onStage({ fleet: fleetOf(services), speed: 1, slackLimits: true }, async (stage) => {
    const watched = watch(stage, services)
    await send(stage, services.slice(0, before))
    await allTold(watched, services.slice(0, before))
    const measured = services.slice(before)
    const started = performance.now()
    await send(stage, measured)
    const sent = (performance.now() - started) / 1000
    await allTold(watched, measured)
    print(
      measured.map(({ name }) => watched.get(name) ?? {}),
      sent,
    )
  })
}

const print = (all: readonly Watched[], sent: number): void => {
  const since = (end: 'ackedAt' | 'messageAt') =>
    all.map((one) => {
      const { deliveredAt, [end]: endedAt } = one
      return deliveredAt === undefined || endedAt === undefined ? patience : endedAt - deliveredAt
    })
  for (const [name, times] of [
    ['ack', since('ackedAt')],
    ['first_message', since('messageAt')],
  ] as const) {
    const missing = times.filter((time) => time === patience).length
    const details = {
      unit: 'ms',
      commands: all.length,
      per_second: rounded(all.length / sent),
      missing,
      max: rounded(percentile(times, 1)),
    } as const
    figure({ name: `${name}_p50`, value: percentile(times, 0.5), ...details })
    figure({ name: `${name}_p99`, value: percentile(times, 0.99), ...details })
  }
}

/** Types the commands at their pace, whether the earlier ones are answered or not. */
const send = async (stage: Stage, services: readonly BenchService[]): Promise<void> => {
  const started = performance.now()
  for (const [at, service] of services.entries()) {
    await pause(Math.max(0, started + (at * 1000) / rate - performance.now()))
    // One that is not taken has no acknowledgement: it is counted as missing.
    typeDeploy(stage, service).catch((error: unknown) => say(String(error)))
  }
}

/** Puts down when each service's command and message pass the simulated Slack. */
const watch = ({ slack }: Stage, services: readonly BenchService[]): ReadonlyMap<string, Watched> => {
  const watched = new Map<string, Watched>(services.map(({ name }) => [name, {}]))
  const { sockets, workspace } = slack
  const deliver = sockets.deliver.bind(sockets)
  sockets.deliver = async (delivery) => {
    const [, name = ''] = /^deploy (\S+)/.exec(String(delivery.payload['text'])) ?? []
    const one = watched.get(name)
    if (one) one.deliveredAt = performance.now()
    const answer = await deliver(delivery)
    if (one && answer.ok) one.ackedAt = performance.now()
    return answer
  }
  workspace.watch((change) => {
    if (change.kind !== 'message') return
    const name = serviceIn(change.message.metadata)
    const one = name === undefined ? undefined : watched.get(name)
    if (one) one.messageAt ??= performance.now()
  })
  return watched
}

/** The bot marks an operation's message with its id, which begins with the service's name. */
const serviceIn = (metadata: { readonly [key: string]: unknown } | undefined): string | undefined => {
  const payload = metadata?.['event_payload'] as { readonly operation?: unknown } | undefined
  return /^(.+)-[^-]+$/.exec(String(payload?.operation))?.[1]
}

const allTold = async (
  watched: ReadonlyMap<string, Watched>,
  services: readonly BenchService[],
): Promise<void> => {
  const told = () => services.every(({ name }) => watched.get(name)?.messageAt !== undefined)
  await until('the first messages', patience, () => (told() ? true : undefined)).catch((error: unknown) =>
    say(String(error)),
  )
}
