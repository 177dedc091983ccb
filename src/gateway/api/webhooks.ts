import { denied } from '../../domain/access/verdict'
import { messageId } from '../../domain/webhooks/message'
import type { Webhook } from '../../domain/webhooks/webhook'
import { defined } from '../../domain/defined'
import { webhookReplayedText } from '../../messages/webhooks/replayed'
import type { ApiResponse } from '../../ports/api'
import type { Outbox } from '../../ports/outbox'
import { actorOf } from '../deps'
import { type Call, json, localeFor, type MachineCaller } from './call'
import { isoTime } from './operation-json'
import { doorProblem, reasonProblem } from './problem'
import type { WebhookBody } from './webhook-schema'

/** Attempts, and events that were not taken, of each webhook: what people look at. */
const listed = 20

/** They tell of all services: who may look at them may at all. */
const denial = async ({ deps, caller, readsIn }: Call<MachineCaller>): Promise<ApiResponse | undefined> => {
  const no = denied(deps.catalogue, 'webhooks', '*', await actorOf(deps, caller.person))
  return no && reasonProblem(no, localeFor({ deps, readsIn }))
}

/** `GET /v1/webhooks`: who is told of what, and whether they take it. Rejects with StoreUnavailable. */
export const readWebhooks = async (call: Call<MachineCaller>): Promise<ApiResponse> => {
  const no = await denial(call)
  if (no) return no
  const { catalogue, outbox } = call.deps
  const webhooks = await Promise.all(
    (catalogue.webhooks ?? []).map((webhook) => webhookJson(outbox, webhook)),
  )
  return json(200, { webhooks })
}

const webhookJson = async (outbox: Outbox, webhook: Webhook): Promise<WebhookBody> => {
  const { name, events, services, format } = webhook
  const [state, size, deliveries, dead] = await Promise.all([
    outbox.state(name),
    outbox.size(name),
    outbox.deliveries(name, listed),
    outbox.dead(name, listed),
  ])
  return {
    name,
    events: [...events],
    services: [...services],
    format,
    state: state.off !== undefined ? 'off' : state.failures > 0 ? 'failing' : 'well',
    failures: state.failures,
    ...defined({
      failingSince: state.since === undefined ? undefined : isoTime(state.since),
      nextAttemptAt: state.until === undefined ? undefined : isoTime(state.until),
      oldestAt: size.oldest === undefined ? undefined : isoTime(size.oldest),
    }),
    waiting: size.waiting,
    notTaken: size.dead,
    thrownAway: size.dropped,
    deliveries: deliveries.map(({ at, sequence, took, ...delivery }) => ({
      ...delivery,
      at: isoTime(at),
      id: messageId(sequence),
      milliseconds: took,
    })),
    undelivered: dead.map(({ sequence, event, attempt }) => ({
      id: messageId(sequence),
      type: event.type,
      service: event.service,
      at: isoTime(event.at),
      ...defined({
        operation: typeof event.data['operation'] === 'string' ? event.data['operation'] : undefined,
        tries: attempt?.tries,
        status: attempt?.status,
        why: attempt?.why,
      }),
    })),
  }
}

/** `POST /v1/webhooks/{name}/replay`: sends again what was not taken. Rejects with StoreUnavailable. */
export const replayWebhook = async (call: Call<MachineCaller>): Promise<ApiResponse> => {
  const no = await denial(call)
  if (no) return no
  const { deps, params, caller } = call
  const { name = '' } = params
  if (!deps.catalogue.webhooks?.some((webhook) => webhook.name === name))
    return doorProblem('unknown_webhook', localeFor(call))
  const replayed = await deps.outbox.replay(name, caller.person, deps.clock.now())
  deps.log.info({ webhook: name, events: replayed, by: caller.person.user }, 'events are sent again')
  return json(200, { webhook: name, replayed, says: webhookReplayedText(name, replayed, localeFor(call)) })
}
