import { type AccountsOptions, createAccounts } from '../adapters/aws/accounts'
import { busReceiver } from '../adapters/aws/events/bus-receiver'
import { createEventQueue } from '../adapters/aws/events/event-queue'
import type { Metrics } from '../adapters/http/metrics'
import { otlpReceiver } from '../adapters/http/receivers/otlp'
import { pagerDutyReceiver } from '../adapters/http/receivers/pagerduty'
import type { AwsCall } from '../adapters/aws/client/client'
import { realTime } from '../adapters/real-time'
import type { ConnectedStore } from '../adapters/redis'
import { s3RecordArchive } from '../adapters/aws/record-archive'
import { duringOperation, hearChanges } from '../adapters/aws/client/operation-session'
import { webhookSender } from '../adapters/webhooks/sender'
import { sendWaiting } from '../worker/webhooks/send-webhooks'
import { startTellingWindows } from '../worker/webhooks/tell-windows'
import { queryHandler } from '../worker/queries/query-handlers'
import { timerHandler } from '../worker/timers/fire-timer'
import { startArchiving } from '../worker/record/archive-record'
import { startRecordHead } from '../worker/timers/record-head'
import { startLostChecks } from '../worker/timers/lost-operations'
import { startDailyTimers } from '../worker/timers/daily-image-update'
import { tellEndings } from '../worker/telemetry/tell-endings'
import { createTick } from '../worker/tick'
import { type EventSource, startReceiving } from '../worker/hints/receive-events'
import type { Catalogue } from '../domain/catalogue/catalogue'
import type { Operation } from '../domain/operation/operation'
import type { Clock } from '../ports/clock'
import type { QueuedEvent } from '../ports/event-queue'
import type { LaneSize } from '../ports/outbox'
import type { Receiver } from '../ports/receiver'
import type { TelemetrySettings } from '../config/environment'
import { awsOutages } from './aws-outages'
import type { Core, Role } from './role'

/** Carries operations out and answers the gateway's questions. Needs AWS's credentials, and none of Slack's. */
export const startWorker = async (
  core: Core,
  aws: Pick<AccountsOptions, 'clientConfig'> = {},
): Promise<Role> => {
  const { catalogue, store, clock, log, metrics, telemetry = {} } = core
  const countCall = countCalls(metrics)
  const hearCall = awsOutages(log, realTime)
  const onCall = (call: AwsCall) => {
    countCall(call)
    hearCall(call)
  }
  const accounts = createAccounts({ clock, onCall, ...aws })
  const count = countEndings(metrics)
  const telling = tellEndings(
    { ...store, log, onTold: (receiver, outcome) => metrics.told.inc({ receiver, outcome }) },
    receiversOf(telemetry, aws),
    realTime,
  )
  const onEnded = (operation: Operation) => {
    count(operation)
    telling.ended(operation.id)
  }
  const deps = { ...store, catalogue, accounts, hearChanges, clock, log, onEnded }
  const tick = createTick(deps)

  const stopWork = await store.wakeups.work(async (id) => {
    const done = metrics.tick.startTimer()
    try {
      return await duringOperation(id, () => tick(id))
    } finally {
      done()
    }
  })
  const stopDailies = startDailyTimers(deps, realTime)
  const stopLostChecks = startLostChecks(deps, (listener) => store.onChangedHands(listener), realTime)
  const stopHeads = startRecordHead({ ...store, log }, realTime)
  const stopArchiving = await archiveWhereAsked(core, aws)
  const stopTimers = store.timers.subscribe(timerHandler(deps))
  const sources = eventSources(catalogue, clock, countCall, aws)
  const onEvent = (kind: QueuedEvent['kind']) => metrics.events.inc({ kind })
  const stopReceiving = startReceiving({ ...deps, onEvent }, sources, realTime)
  const stopQueries = await store.workerRpc.serve(queryHandler(deps))
  countUnfinished(metrics, store)
  const stopSending = await startSending(core)
  const stopTellingWindows = startTellingWindows(deps, realTime)
  return {
    name: 'worker',
    ready: () => ({ ok: true }),
    async stop() {
      stopHeads()
      stopArchiving()
      stopTellingWindows()
      stopReceiving()
      telling.stop()
      await Promise.all([
        stopWork(),
        stopDailies(),
        stopLostChecks(),
        stopTimers(),
        stopQueries(),
        stopSending(),
      ])
    },
  }
}

/** Sends to webhooks what waits for them, and tells Prometheus how much that is. */
const startSending = async ({ catalogue, store, clock, log, metrics, webhookSecrets }: Core) => {
  const webhooks = new Map((catalogue.webhooks ?? []).map((webhook) => [webhook.name, webhook]))
  if (webhooks.size === 0) return async () => {}
  const { outbox, outboxWakes } = store
  const sender = webhookSender({ secrets: webhookSecrets ?? new Map(), now: () => realTime.now() })
  const onSent = (webhook: string, outcome: string) => metrics.webhookDeliveries.inc({ webhook, outcome })
  const deps = { outbox, sender, clock, log, onSent }
  measureOutbox(metrics, outbox, clock, [...webhooks.keys()])
  return outboxWakes.work(async (name) => {
    const webhook = webhooks.get(name)
    return webhook && sendWaiting(deps, webhook)
  })
}

/** Asked when the metrics are; what cannot be read stays as it was told last. */
const measureOutbox = (
  { webhookWaiting, webhookDead, webhookOldest }: Metrics,
  outbox: ConnectedStore['outbox'],
  clock: Clock,
  names: readonly string[],
): void => {
  const measure = (gauge: Metrics['webhookWaiting'], valueOf: (size: LaneSize) => number) =>
    Object.assign(gauge, {
      collect: async () => {
        for (const webhook of names) {
          const size = await outbox.size(webhook).catch(() => undefined)
          if (size) gauge.set({ webhook }, valueOf(size))
        }
      },
    })
  measure(webhookWaiting, ({ waiting }) => waiting)
  measure(webhookDead, ({ dead }) => dead)
  measure(webhookOldest, ({ oldest }) =>
    oldest === undefined ? 0 : Math.max(0, (clock.now() - oldest) / 1_000),
  )
}

/** Archives the record where a bucket is named. */
const archiveWhereAsked = async (
  { archive: asked, store, log, metrics }: Core,
  aws: Pick<AccountsOptions, 'clientConfig'>,
): Promise<() => void> => {
  if (asked === undefined) return () => {}
  if (asked === 'off') {
    // Where the store cannot be reached now, the next start tries again.
    await store.record
      .endArchive()
      .catch((error: unknown) => log.error({ err: error }, 'the archive was not ended'))
    return () => {}
  }
  return startArchiving(
    {
      record: store.record,
      archive: s3RecordArchive({ ...asked, ...aws }),
      now: Date.now,
      onWaiting: (lines) => metrics.unarchived.set(lines),
      log,
    },
    realTime,
  )
}

/** Who is told of endings, as the environment says. */
const receiversOf = (
  { otlp, pagerDuty, bus }: TelemetrySettings,
  aws: Pick<AccountsOptions, 'clientConfig'>,
): readonly Receiver[] => [
  ...(otlp ? [otlpReceiver(otlp)] : []),
  ...(pagerDuty ? [pagerDutyReceiver(pagerDuty)] : []),
  ...(bus === undefined ? [] : [busReceiver({ bus, ...aws })]),
]

/** The queues that the catalogue names, of regions in which a service's events come by them. */
const eventSources = (
  catalogue: Catalogue,
  clock: Clock,
  onCall: NonNullable<AccountsOptions['onCall']>,
  aws: Pick<AccountsOptions, 'clientConfig'>,
): readonly EventSource[] =>
  [...(catalogue.regions ?? [])].flatMap(([region, { events: url }]) =>
    url === undefined ? [] : [{ region, queue: createEventQueue({ region, url, clock, onCall, ...aws }) }],
  )

const outcomes = {
  answered: 'ok',
  throttled: 'throttled',
  shared: 'saved',
  ambiguous: 'failed',
  unauthenticated: 'failed',
  refused: 'failed',
}

const countCalls =
  ({ awsCalls }: Metrics): NonNullable<AccountsOptions['onCall']> =>
  ({ action, outcome }) =>
    awsCalls.inc({ action, outcome: outcomes[outcome] })

const countEndings =
  ({ endings, duration }: Metrics) =>
  ({ request, ending, createdAt }: Operation): void => {
    if (!ending) return
    const labels = { procedure: request.procedure, ending: ending.kind }
    endings.inc(labels)
    duration.observe(labels, (ending.at - createdAt) / 1_000)
  }

/** Asked when the metrics are: a gauge that needs no timer. */
const countUnfinished = ({ unfinished }: Metrics, { journal }: Pick<ConnectedStore, 'journal'>): void => {
  Object.assign(unfinished, {
    collect: async () => unfinished.set((await journal.unfinished().catch(() => [])).length),
  })
}
