import { vcpusOf } from '../ec2/room'
import type { Instance } from '../ec2/state'
import { latencySpread, medianLatency } from './application'
import type { Spread } from './histogram'

/** Requests a second that fill one vCPU. */
const perVcpu = 4000
/** What an instance uses with nothing to do, of 100 %. */
const idle = 2
/** Requests that wait for an instance at most, in seconds of its full work; more connections are refused. */
const longestQueue = 5

/** How busy an instance is, and what waits for it. */
interface Work {
  /** Percent, of the last step. */
  cpu: number
  /** Requests that wait. */
  backlog: number
  /** Requests that came one by one since the last step. */
  single: number
}

/** What became of requests that came to an instance in one step. */
interface Handled {
  readonly answered: number
  readonly refused: number
  /** How long the answers took. */
  readonly times: Spread
}

/**
 * What instances can carry: CPU grows with the requests, answers get slower towards full use, then requests wait, and at
 * last connections are refused.
 */
export class Capacity {
  private readonly works = new Map<string, Work>()

  /** Percent of CPU in the last step. */
  cpuOf(instance: Instance): number {
    return this.works.get(instance.id)?.cpu ?? idle
  }

  /** A request came by itself: it is work in the next step. */
  note(instance: Instance): void {
    this.workOf(instance.id).single += 1
  }

  /** Lets so many requests come to an instance within some seconds. */
  handle(
    instance: Instance,
    arrived: number,
    seconds: number,
    fault: { readonly latency: number; readonly delay: number },
  ): Handled {
    const work = this.workOf(instance.id)
    const perSecond = perVcpu * vcpusOf(instance.type)
    const possible = perSecond * seconds
    const due = work.backlog + arrived + work.single
    const done = Math.min(due, possible)
    const refused = Math.min(arrived, Math.max(0, Math.ceil(due - done - perSecond * longestQueue)))
    work.single = 0
    work.backlog = due - done - refused
    const use = done / possible
    work.cpu = Math.min(100, idle + use * (100 - idle))
    return {
      answered: arrived - refused,
      refused,
      times: {
        median: medianLatency * fault.latency * slowdown(use),
        spread: latencySpread,
        delay: fault.delay + (work.backlog / perSecond) * 1000,
      },
    }
  }

  /** What a single request meets on an instance now: how many times slower, and how long it waits first. */
  pressureOn(instance: Instance): { readonly factor: number; readonly delay: number } {
    const { cpu = idle, backlog = 0 } = this.works.get(instance.id) ?? {}
    const perSecond = perVcpu * vcpusOf(instance.type)
    return { factor: slowdown((cpu - idle) / (100 - idle)), delay: (backlog / perSecond) * 1000 }
  }

  /** Instances that had nothing to do in this step come to rest, and those that are gone are forgotten. */
  rest(busy: ReadonlySet<string>, instances: ReadonlyMap<string, Instance>): void {
    for (const [id, work] of this.works) {
      if (!instances.has(id)) this.works.delete(id)
      else if (!busy.has(id)) Object.assign(work, { cpu: idle, backlog: 0 })
    }
  }

  private workOf(id: string): Work {
    let work = this.works.get(id)
    if (!work) this.works.set(id, (work = { cpu: idle, backlog: 0, single: 0 }))
    return work
  }
}

/** How many times longer answers take at a use from 0 to 1: little until half of it, much towards the end. */
const slowdown = (use: number) => 1 + (0.25 * use ** 3) / (1 - Math.min(use, 0.98))
