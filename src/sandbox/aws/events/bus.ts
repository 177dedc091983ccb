import type { Faults } from '../engine/faults'
import { seededRandom } from '../engine/random'
import type { World } from '../world'
import { matches } from './pattern'
import type { Queue, ServiceEvent } from './state'

/** What the bus needs of the world in motion. */
interface Surroundings {
  readonly world: World
  readonly now: number
  readonly faults: Faults
  after(milliseconds: number, event: () => void): unknown
}

/** An event as a rule hands it on (EventBridge user guide, "Events"); `time` is of the second. */
const envelope = (sim: Surroundings, id: string, { source, type, resources, detail }: ServiceEvent) => ({
  version: '0',
  id,
  'detail-type': type,
  source,
  account: sim.world.account,
  time: `${new Date(sim.now).toISOString().slice(0, 19)}Z`,
  region: sim.world.region,
  resources,
  detail,
})

/** From the event to the queue; AWS speaks of half a second, typically, and promises nothing. Milliseconds. */
const latency = [300, 900] as const
/** How much later some come where events overtake each other. */
const reordering = 20_000

/**
 * The default event bus. Its chance is its own: whether anybody listens must not change what happens in the world. Where
 * no rule matches, nothing happens at all.
 */
export class EventBus {
  private readonly random: () => number
  private count = 0

  constructor(
    private readonly sim: Surroundings,
    seed: number,
  ) {
    this.random = seededRandom(seed + 7)
  }

  /** Sends an event to the queues of every rule that matches, each by its own way. Gives the event's id. */
  put(event: ServiceEvent): string {
    const id = this.newId()
    const body = envelope(this.sim, id, event)
    for (const rule of this.sim.world.eventRules.values()) {
      if (!rule.enabled || !matches(JSON.parse(rule.pattern), body)) continue
      for (const arn of rule.targets.values()) this.deliver(event.source, arn, JSON.stringify(body))
    }
    return id
  }

  private deliver(source: string, arn: string, body: string): void {
    const { lost, late, doubled, reordered } = this.sim.faults.ofEvents(source)
    if (this.random() < lost) return
    const copies = this.random() < doubled ? 2 : 1
    for (let copy = 0; copy < copies; copy += 1) {
      const usual = latency[0] + this.random() * (latency[1] - latency[0])
      const after = usual + late + (reordered ? this.random() * reordering : 0)
      this.sim.after(Math.round(after), () => {
        const queue = [...this.sim.world.queues.values()].find((one) => one.arn === arn)
        if (queue) this.push(queue, body)
      })
    }
  }

  private push(queue: Queue, body: string): void {
    const { now } = this.sim
    queue.messages.push({ id: this.newId(), body, sentAt: now, visibleAt: now, received: 0, receipt: '' })
  }

  private newId(): string {
    this.count += 1
    return `00000000-0000-4000-9000-${this.count.toString(16).padStart(12, '0')}`
  }
}
