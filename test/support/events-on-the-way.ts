import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEventQueue } from '../../src/adapters/aws/events/event-queue'
import type { Clock } from '../../src/ports/clock'
import { type EventSource, receiveOnce } from '../../src/worker/hints/receive-events'
import type { Aws } from '../../src/sandbox/aws'
import { eventBridgeHandlers } from '../../src/sandbox/aws/events/event-bridge'
import { sqsHandlers } from '../../src/sandbox/aws/events/sqs'
import type { JumpingClock } from '../../src/sandbox/clock'
import { inProcess } from './in-process-aws'

interface Around {
  readonly aws: Aws
  readonly clock: JumpingClock
  readonly time: Clock
}

const minute = 60_000
/** The rule of the docs. */
const pattern = () => readFileSync(join(process.cwd(), 'deploy/events-rule.json'), 'utf8')

/** Makes the queue and the rule of the docs in a simulated AWS. Gives the queue's URL. */
export const makeEventsQueue = ({ world, simulation }: Pick<Aws, 'world' | 'simulation'>): string => {
  const { QueueUrl: url } = sqsHandlers.CreateQueue(simulation, {
    QueueName: 'rollcall-events',
    Attributes: { MessageRetentionPeriod: '300' },
  })
  eventBridgeHandlers.PutRule(simulation, { Name: 'rollcall-events', EventPattern: pattern() })
  const Arn = world.queues.get(url)?.arn ?? ''
  eventBridgeHandlers.PutTargets(simulation, { Rule: 'rollcall-events', Targets: [{ Id: 'queue', Arn }] })
  return url
}

/** The way of AWS's events to a worker whose clock jumps: a heartbeat each minute, and a receiver that is asked when one is there. */
export const eventsOnTheWay = ({ aws, clock, time }: Around) => {
  const region = aws.world.region
  const url = makeEventsQueue(aws)
  const queue = createEventQueue({ region, url, clock: time, clientConfig: inProcess(aws) })
  const source: EventSource = { region, queue }
  const isThere = () => aws.world.queues.get(url)?.messages.some(({ visibleAt }) => visibleAt <= clock.now())
  let nextBeat = clock.now()
  return {
    region,
    url,
    /** Lets time pass until a message is there, but not beyond `at`; whether there is one. */
    async arrivesBefore(at: number): Promise<boolean> {
      for (;;) {
        if (isThere()) return true
        const next = Math.min(nextBeat, clock.nextEventAt() ?? Number.POSITIVE_INFINITY)
        if (next > at) return false
        clock.advanceTo(Math.max(next, clock.now()))
        if (clock.now() < nextBeat) continue
        nextBeat = clock.now() + minute
        await queue.beat(clock.now()).catch(() => undefined)
      }
    },
    receive: (deps: Parameters<typeof receiveOnce>[0]) => receiveOnce(deps, source, 0),
  }
}
