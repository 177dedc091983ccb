import { makeEventsQueue } from '../support/events-on-the-way'
import { typeDeploy } from './commands'
import { type BenchService, type Fleet, fleetOf, serviceList } from './fleet'
import { figure, rounded, say } from './report'
import { onStage, type Stage } from './stage'
import { percentile } from './statistics'
import { until } from './until'

/** A real millisecond of the bot or of a busy machine counts as five in a lag. */
const speed = 5
const deploys = 6
/** Real milliseconds after which a deploy has surely gone wrong. */
const patience = 480_000

/**
 * `aws_reads_per_deploy` and `detection_lag_p99`, each without and with a queue of AWS's events: deploys by refresh that
 * bake their images, in two worlds of one seed, at the same time.
 */
export const hints = async (): Promise<void> => {
  const services = serviceList(deploys, { prefix: 'hint', strategy: 'refresh', baked: false })
  say(`hints: twice ${deploys} deploys, at speed ${speed}`)
  const [without, heard] = await Promise.all([
    onStage({ fleet: fleetOf(services), speed }, (stage) => deployAll(stage, services)),
    onStage({ fleet: withQueue(fleetOf(services)), speed }, (stage) => deployAll(stage, services)),
  ])
  print('', without)
  print('.events', heard)
}

interface Measured {
  readonly reads: number
  readonly received: number
  readonly byAction: Readonly<Record<string, number>>
  readonly lags: readonly number[]
}

const print = (suffix: string, { reads, received, byAction, lags }: Measured): void => {
  figure({
    name: `aws_reads_per_deploy${suffix}`,
    value: reads / deploys,
    unit: 'calls',
    by_action: byAction,
    receives: received,
    deploys,
    speed,
  })
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const)
    figure({
      name: `detection_lag_${name}${suffix}`,
      value: percentile(lags, share) / 1000,
      unit: 's',
      of: lags.length,
      speed,
    })
}

const withQueue = (fleet: Fleet): Fleet => {
  const url = 'https://sqs.ap-northeast-2.amazonaws.com/123456789012/rollcall-events'
  const regions = { 'ap-northeast-2': { events: url } }
  return {
    ...fleet,
    seed: (aws) => {
      fleet.seed(aws)
      const made = makeEventsQueue(aws)
      if (made !== url) throw new Error(`the queue is ${made}`)
    },
    catalogue: JSON.stringify({ ...(JSON.parse(fleet.catalogue) as object), regions }),
  }
}

/** Deploys all at once and looks at when AWS was ready, and when Rollcall had seen it. */
const deployAll = async (stage: Stage, services: readonly BenchService[]): Promise<Measured> => {
  // The heartbeat has been heard by then, where there is one.
  await new Promise<void>((resolve) => stage.clock.at(stage.clock.now() + 70_000, resolve))
  const from = stage.aws.calls().at(-1)?.sequence ?? 0
  await Promise.all(services.map((service) => typeDeploy(stage, service)))
  const lags = await Promise.all(services.map((service) => lagsOf(stage, service)))
  const calls = stage.aws.calls(from)
  const byAction: { [action: string]: number } = {}
  const reads = calls.filter(({ mutating }) => !mutating)
  for (const { action } of reads) byAction[action] = (byAction[action] ?? 0) + 1
  return {
    reads: reads.length,
    received: calls.filter(({ action }) => action === 'ReceiveMessage').length,
    byAction: Object.fromEntries(
      Object.entries(byAction).map(([action, count]) => [action, rounded(count / deploys)]),
    ),
    lags: lags.flat(),
  }
}

/** From the image that is available, and the refresh that has succeeded, to the end of the step that waited for it. */
const lagsOf = async (stage: Stage, { name }: BenchService): Promise<readonly number[]> => {
  const done = await until(name, patience, async () => {
    const [operation] = await stage.store.journal.history(name, 1)
    return operation
  })
  if (done.ending?.kind !== 'succeeded') throw new Error(`${name}: ${JSON.stringify(done.ending)}`)
  const { images, groups } = stage.aws.world
  const ready = new Map(stage.aws.timeline().map(({ kind, id, to }) => [`${kind} ${id}`, to]))
  const image = [...images.values()].find((one) => one.name === `${name} v2`)?.id ?? ''
  const refresh = groups.get(name)?.refreshes.at(-1)?.id ?? ''
  return [
    ['image', image, /^image\/available/],
    ['refresh', refresh, /^fleet\/refresh/],
  ].map(([kind, id, key]) => {
    const at = ready.get(`${String(kind)} ${String(id)}`)
    const seen = done.steps.find((step) => key instanceof RegExp && key.test(step.key))?.endedAt
    if (at === undefined || seen === undefined)
      throw new Error(`${name}: nothing is known of its ${String(kind)}`)
    return seen - at
  })
}
