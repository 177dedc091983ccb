import { createHash, randomUUID } from 'node:crypto'
import { messageOf, type QueuedEvent } from '../../domain/webhooks/message'
import { delayAfter, maxTries, triedFor } from '../../domain/webhooks/retry'
import type { Webhook } from '../../domain/webhooks/webhook'
import type { Instant } from '../../domain/time/time'
import type { Clock } from '../../ports/clock'
import type { Log } from '../../ports/log'
import type { Attempt, Delivery, Lane, Outbox, Settled } from '../../ports/outbox'
import type { Sent, WebhookSender } from '../../ports/webhook-sender'

export interface SendingDeps {
  readonly outbox: Outbox
  readonly sender: WebhookSender
  readonly clock: Clock
  readonly log: Log
  /** Told of every attempt, and of what is not tried any more, for the metrics. */
  readonly onSent?: (webhook: string, outcome: Delivery['outcome'] | 'dead') => void
}

/** Real milliseconds for which a lane is a worker's own: longer than one attempt, after which it is prolonged. */
const turn = 25_000

/** What stands for an address, so that one that wants no more is asked again as soon as the catalogue has another. */
const fingerprintOf = ({ url }: Webhook): string =>
  createHash('sha256').update(url).digest('hex').slice(0, 16)

/**
 * Sends what waits for one webhook, in its order, until there is no more or the receiver takes none. Each event is sent at
 * least once: whoever dies between an attempt and its record leaves it in line, and it goes out again under the same id.
 * Gives when to come again. Rejects with StoreUnavailable.
 */
export const sendWaiting = async (
  deps: SendingDeps,
  webhook: Webhook,
): Promise<{ readonly at: Instant } | undefined> => {
  const { outbox, clock } = deps
  const { name } = webhook
  const holder = randomUUID()
  let until: Instant | undefined
  while (await outbox.acquire(name, holder, turn)) {
    const lane = await outbox.read(name, clock.now())
    const { state, again, first } = lane
    if (state.off === fingerprintOf(webhook)) {
      await bury(deps, webhook, holder, lane)
      until = undefined
      break
    }
    if (state.until !== undefined && state.until > clock.now()) {
      until = state.until
      break
    }
    const next = again && (!first || again.sequence < first.sequence) ? again : first
    until = lane.againAt
    if (!next || !(await sendOne(deps, webhook, holder, lane, next))) break
  }
  await outbox.release(name, holder, { ...(until !== undefined && { until }) })
  return until === undefined ? undefined : { at: until }
}

/** It had said that it wants no more: what came since is kept for people, and not sent. */
const bury = async ({ outbox, clock }: SendingDeps, { name }: Webhook, holder: string, { state }: Lane) => {
  const at = clock.now()
  await outbox.settle(name, holder, { state, dead: 'all', at })
}

/** One attempt, and its record; false where the lane is another's by now. */
const sendOne = async (
  deps: SendingDeps,
  webhook: Webhook,
  holder: string,
  lane: Lane,
  queued: QueuedEvent,
): Promise<boolean> => {
  const { outbox, sender, clock, log, onSent } = deps
  const { name } = webhook
  const sent = await sender.send(webhook, messageOf(queued, webhook.format))
  const settled = settledBy(webhook, lane, queued, sent, clock.now())
  const recorded = await outbox.settle(name, holder, settled)
  if (!recorded) return false
  const facts = { webhook: name, event: queued.sequence, type: queued.event.type, ...answerOf(sent) }
  if (sent.outcome === 'delivered') log.debug(facts, 'a webhook was told')
  else log.warn({ ...facts, again: settled.state.until ?? settled.aside?.until }, 'a webhook was not told')
  onSent?.(name, sent.outcome)
  const { dead } = recorded
  for (let one = 0; one < dead; one++) onSent?.(name, 'dead')
  const isOff = sent.outcome === 'gone'
  if (dead === 0 && !isOff) return true
  log.error({ webhook: name, events: dead }, isOff ? 'a webhook wants no more' : 'events were not taken')
  const { status, why } = answerOf(sent)
  await outbox.tell({
    webhook: name,
    kind: isOff ? 'off' : 'dead',
    at: settled.at,
    events: dead,
    ...(status !== undefined && { status }),
    ...(why !== undefined && { why }),
  })
  return true
}

const answerOf = ({ status, why }: Sent): Pick<Attempt, 'status' | 'why'> => ({
  ...(status !== undefined && { status }),
  ...(why !== undefined && { why }),
})

/** What an attempt comes to. */
const settledBy = (
  webhook: Webhook,
  { state, attempts }: Lane,
  { sequence, event }: QueuedEvent,
  sent: Sent,
  now: Instant,
): Settled => {
  const tries = (attempts.get(sequence)?.tries ?? 0) + 1
  const { operation } = event.data
  const delivery: Delivery = {
    at: now,
    sequence,
    type: event.type,
    service: event.service,
    ...(typeof operation === 'string' && { operation }),
    outcome: sent.outcome,
    ...answerOf(sent),
    tries,
    took: sent.took,
  }
  const attempt = { sequence, at: now, tries, ...answerOf(sent) }
  const common = { at: now, delivery }
  switch (sent.outcome) {
    case 'delivered':
      return { ...common, state: { failures: 0 }, delivered: sequence }
    case 'gone':
      return { ...common, state: { failures: 0, off: fingerprintOf(webhook) }, attempt, dead: 'all' }
    case 'refused': {
      // The receiver is there, and will not take this one: the others need not wait for it.
      const until = now + delayAfter(tries, `${webhook.name} ${sequence}`)
      return tries >= maxTries
        ? { ...common, state: { failures: 0 }, attempt, dead: { sequence } }
        : { ...common, state: { failures: 0 }, attempt, aside: { sequence, until } }
    }
    case 'failed': {
      const failures = state.failures + 1
      const since = state.since ?? now
      const until = now + delayAfter(failures, `${webhook.name} ${since}`, sent.retryAfter)
      const isLong = now - since >= lastAttempt
      return {
        ...common,
        state: { failures, since, until },
        attempt,
        ...(isLong && { dead: { before: now - lastAttempt } }),
      }
    }
  }
}

/** When the last of the attempts is made, which may come a tenth early. */
const lastAttempt = triedFor * 0.9
