import pino from 'pino'
import { createMetrics } from './adapters/http/metrics'
import { type HttpOptions, serveHttp } from './adapters/http/server'
import { connectStore } from './adapters/redis'
import { sharedClockAnchor } from './adapters/redis/connection/clock-anchor'
import { systemClock } from './adapters/system-clock'
import { loadCatalogue } from './config/catalogue'
import { type Environment, loadEnvironmentFile, readEnvironment } from './config/environment'
import { type Read, writeMistakes } from './config/mistake'
import { readWebhookSecrets } from './config/webhook-secrets'
import { StoreUnavailable } from './ports/failure'
import { startGateway } from './roles/gateway'
import type { Core, Role } from './roles/role'
import { startWorker } from './roles/worker'

/** The value, or the end: every mistake on a line of its own, and nothing started. */
const orStop = <T>(read: Read<T>): T => {
  if (read.ok) return read.value
  process.stderr.write(`Rollcall cannot start:\n${writeMistakes(read.mistakes)}\n`)
  process.exit(1)
}

const clockOf = async ({ clock, redis }: Environment) => {
  if (clock.since) return systemClock({ speed: clock.speed, ...clock.since })
  const now = Date.now()
  const anchor =
    clock.speed === 1
      ? { real: now, simulated: now }
      : await sharedClockAnchor({ ...redis, speed: clock.speed, now })
  return systemClock({ speed: clock.speed, ...anchor })
}

const start = async (): Promise<void> => {
  loadEnvironmentFile()
  const environment = orStop(readEnvironment())
  const catalogue = orStop(await loadCatalogue(environment.cataloguePath))
  const webhookSecrets =
    environment.role === 'gateway' ? undefined : orStop(readWebhookSecrets(catalogue.webhooks))
  const log = pino({
    name: 'rollcall',
    level: environment.logLevel,
    serializers: { error: pino.stdSerializers.err },
  })
  const metrics = createMetrics()
  const clock = await clockOf(environment)
  const store = connectStore({
    ...environment.redis,
    clock,
    ...(catalogue.webhooks && { webhooks: catalogue.webhooks }),
    log: (event, facts) => log.warn(facts, event),
  })
  const { telemetry, archive } = environment
  const core: Core = {
    catalogue,
    store,
    clock,
    log,
    metrics,
    telemetry,
    archive,
    ...(webhookSecrets && { webhookSecrets }),
  }

  const roles: Role[] = []
  const ready = async () => {
    const health = await store.health()
    const states = Object.fromEntries(roles.map((role) => [role.name, role.ready().ok]))
    const started = roles.length === (environment.role === 'all' ? 2 : 1)
    return {
      ok: health.ok && started && Object.values(states).every(Boolean),
      facts: { store: health, roles: states },
    }
  }
  const own = { metrics: metrics.registry, ready }
  const take: HttpOptions['take'] = (request, response) =>
    roles.some((role) => role.take?.(request, response) ?? false)
  const { port, metricsPort } = environment
  const inside =
    metricsPort === undefined ? undefined : await serveHttp({ port: metricsPort, own, take: () => false })
  const server = await serveHttp({ port, take, ...(inside === undefined && { own }) })
  log.info({ port: (inside ?? server).port, role: environment.role }, 'health and metrics are served')
  if (inside) log.info({ port: server.port }, 'Slack is taken on a port of its own')

  void recordCatalogue(core)
  void refuseOldStore(store)

  const stop = stopper(async () => {
    await Promise.all(roles.map((role) => role.stop()))
    await Promise.all([server.close(), inside?.close()])
    await store.close()
  }, log)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0))
  // Socket Mode's client is known to reject where nobody listens (slackapi/node-slack-sdk); it reconnects by itself.
  process.on('unhandledRejection', (error) => {
    log.error({ err: error }, 'a promise was rejected and nobody listened')
  })

  if (environment.role !== 'gateway') roles.push(await startWorker(core))
  if (environment.role !== 'worker' && environment.slack) {
    roles.push(await startGateway(core, environment.slack, environment.api))
  }
}

/** Tells the record which catalogue decides from now on who may do what, as soon as the store can be reached. */
const recordCatalogue = async ({ catalogue, store, clock, log }: Core): Promise<void> => {
  for (;;) {
    try {
      await store.ready(60_000)
      return await store.record.catalogue(catalogue, clock.now())
    } catch (error) {
      if (!(error instanceof StoreUnavailable))
        return log.error({ err: error }, 'the catalogue was not recorded')
      await new Promise((resolve) => setTimeout(resolve, 5_000).unref())
    }
  }
}

/** Ends the program where its store is too old to be worked with, as soon as it can be reached. */
const refuseOldStore = async (store: Core['store']): Promise<void> => {
  for (;;) {
    try {
      await store.ready(60_000)
      const why = await store.unsupported()
      if (why === undefined) return
      process.stderr.write(`Rollcall cannot start: REDIS_URL: ${why}\n`)
      process.exit(1)
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      await new Promise((resolve) => setTimeout(resolve, 5_000).unref())
    }
  }
}

/** Stops once, in order; a second signal, or ten seconds, end it the hard way: what runs is durable. */
const stopper = (work: () => Promise<void>, log: pino.Logger) => {
  let stopping = false
  return async (code: number): Promise<void> => {
    if (stopping) process.exit(1)
    stopping = true
    log.info('stopping')
    setTimeout(() => process.exit(1), 10_000).unref()
    await work().catch((error: unknown) => log.error({ err: error }, 'stopping failed'))
    process.exit(process.exitCode ?? code)
  }
}

start().catch((error: unknown) => {
  process.stderr.write(`Rollcall cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
