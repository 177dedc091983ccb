import type { Ack, Delivery, Transport } from './deliver/delivery'
import type { Sockets } from './deliver/socket'
import type { Faults } from './faults'
import type { Timer } from './timer'
import type { Responses, Triggers } from './workspace/tickets'
import type { Workspace } from './workspace/workspace'

/** The parts of the simulated Slack that interactions work with. */
export interface Slack {
  readonly workspace: Workspace
  readonly triggers: Triggers
  readonly responses: Responses
  readonly faults: Faults
  readonly sockets: Sockets
  readonly timer: Timer
  /** The way that deliveries take now: Socket Mode, unless a request URL is set. */
  transport(): Transport
  /** Where this Slack answers, without a slash at its end. */
  base(): string
}

/** Delivers a command or an interaction: once, or twice where that fault is set; the first answer counts. */
export async function deliver(slack: Slack, delivery: Delivery): Promise<Ack> {
  if (slack.faults.isDown()) return { ok: false, error: 'dispatch_failed' }
  const first = slack.transport().deliver(delivery)
  if (slack.faults.duplicate()) void slack.transport().deliver(delivery)
  return first
}
