import type { VirtualClock } from '../../clock'
import type { Refresh } from '../autoscaling/refresh-state'
import type { Activity, Group, Member } from '../autoscaling/state'
import type { Image, Instance } from '../ec2/state'
import type { Target, TargetGroup } from '../elbv2/state'
import { EventBus } from '../events/bus'
import { MetricStore } from '../cloudwatch/store'
import type { World } from '../world'
import { type Duration, durations } from './durations'
import type { Faults } from './faults'
import { seededRandom } from './random'

/** What a read sees: the world at an instant. */
export interface View {
  readonly world: World
  readonly now: number
  readonly faults: Faults
  /** What CloudWatch was told. */
  readonly metrics: MetricStore
}

/** What one part of the simulator tells the others; the parts that care listen. */
export interface Signals {
  /** An EC2 instance got into another state, or its application began or ceased to answer. */
  instance: [instance: Instance]
  /** A target got into another state. */
  target: [targetGroup: TargetGroup, target: Target]
  /** Listeners or rules changed: target groups may have come into use or gone out of it. */
  routing: []
  /** Something about the group changed that it may have to act upon. */
  group: [group: Group]
  /** A member came into service or left the group. */
  member: [group: Group, member: Member]
  /** A scaling activity is over. */
  activity: [group: Group, activity: Activity]
  /** An instance refresh got into another state. */
  refresh: [group: Group, refresh: Refresh]
  /** An image got into another state. */
  image: [image: Image]
  /** A member waits for no lifecycle action any more. */
  released: [group: Group, member: Member, outcome: 'CONTINUE' | 'ABANDON', words: string]
}

/** How long AWS itself took for something: what a bot's own time is measured against. */
export interface TimelineEntry {
  kind:
    | 'image'
    | 'load-balancer'
    | 'boot'
    | 'health'
    | 'drain'
    | 'reaction'
    | 'scheduled'
    | 'refresh'
    | 'refresh-start'
    | 'refresh-warmup'
    | 'refresh-bake'
  /** The image, load balancer, instance, target or refresh it was about. */
  id: string
  from: number
  to: number
}

/** The world in motion: its clock, chance, faults, and what happens later. */
export class Simulation implements View {
  readonly timeline: TimelineEntry[] = []
  readonly metrics = new MetricStore()
  readonly bus: EventBus
  private readonly random: () => number
  private readonly listeners: { [S in keyof Signals]: ((...facts: Signals[S]) => void)[] } = {
    instance: [],
    target: [],
    routing: [],
    group: [],
    member: [],
    activity: [],
    refresh: [],
    image: [],
    released: [],
  }

  constructor(
    readonly world: World,
    readonly clock: VirtualClock,
    readonly faults: Faults,
    seed: number,
    /** Called when the world has changed and is whole. */
    readonly changed: () => void,
  ) {
    this.random = seededRandom(seed)
    this.bus = new EventBus(this, seed)
  }

  get now(): number {
    return this.clock.now()
  }

  /** A number in [0, 1). */
  chance(): number {
    return this.random()
  }

  /** How long this takes now, in milliseconds. */
  draw(duration: Duration): number {
    const [least, most] = durations[duration]
    return Math.round((least + this.random() * (most - least)) * 1000)
  }

  /** Does something later, then lets the world be seen. */
  after(milliseconds: number, event: () => void): { cancel(): void } {
    return this.at(this.now + milliseconds, event)
  }

  at(time: number, event: () => void): { cancel(): void } {
    return this.clock.at(time, () => {
      event()
      this.changed()
    })
  }

  /** Like `after`, and puts into the timeline what it was. */
  afterTimed(kind: TimelineEntry['kind'], id: string, milliseconds: number, event: () => void) {
    const from = this.now
    return this.after(milliseconds, () => {
      this.record(kind, id, from)
      event()
    })
  }

  record(kind: TimelineEntry['kind'], id: string, from: number): void {
    this.timeline.push({ kind, id, from, to: this.now })
  }

  /** A new id as AWS makes them: `i-0123456789abcdef0`. */
  newId(prefix: string): string {
    return `${prefix}-0${this.hex(16)}`
  }

  hex(digits: number): string {
    let text = ''
    while (text.length < digits)
      text += Math.floor(this.random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0')
    return text.slice(0, digits)
  }

  uuid(): string {
    const hex = this.hex(32)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }

  on<S extends keyof Signals>(signal: S, listener: (...facts: Signals[S]) => void): void {
    this.listeners[signal].push(listener)
  }

  emit<S extends keyof Signals>(signal: S, ...facts: Signals[S]): void {
    for (const listener of this.listeners[signal]) listener(...facts)
  }
}
