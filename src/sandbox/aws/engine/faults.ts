import type { Fault } from '../../protocol'
import type { Instance } from '../ec2/state'
import type { World } from '../world'

/** A fault on a call: whether AWS does what it was asked before it answers with an error, or not. */
export type CallFault = Extract<Fault, { kind: 'throttle' | 'error-before' | 'error-after' }>

/** The faults that are set now. Times and places are asked for where they matter. */
export class Faults {
  private readonly set = new Map<string, Fault>()
  private readonly used = new Map<string, number>()
  private count = 0

  add(fault: Fault): string {
    this.count += 1
    const id = `fault-${this.count}`
    this.set.set(id, fault)
    return id
  }

  /** Clears one fault, or all. */
  clear(id?: string): void {
    if (id === undefined) this.set.clear()
    else this.set.delete(id)
  }

  list(): { id: string; fault: Fault }[] {
    return [...this.set].map(([id, fault]) => ({ id, fault }))
  }

  /** The fault that this call meets, if any; it is used up by as much. */
  forCall(action: string): CallFault | undefined {
    for (const [id, fault] of this.set) {
      if (fault.kind !== 'throttle' && fault.kind !== 'error-before' && fault.kind !== 'error-after') continue
      if (fault.action !== undefined && fault.action !== action) continue
      const used = (this.used.get(id) ?? 0) + 1
      this.used.set(id, used)
      if (fault.times !== undefined && used >= fault.times) this.set.delete(id)
      return fault
    }
    return undefined
  }

  /** Whether nothing is answered. */
  silent(): boolean {
    return this.some(({ kind }) => kind === 'silent')
  }

  denies(action: string): boolean {
    return this.some((fault) => fault.kind === 'denied' && fault.action === action)
  }

  /** By how many simulated milliseconds reads are late. */
  lateness(): number {
    let late = 0
    for (const fault of this.set.values())
      if (fault.kind === 'late-consistency') late = Math.max(late, fault.seconds * 1000)
    return late
  }

  /** Whether an instance that is launched now will never answer. */
  breaksInstance(world: World, launch: { group?: string | undefined; imageId: string }): boolean {
    const imageName = world.images.get(launch.imageId)?.name
    return this.some(
      (fault) =>
        fault.kind === 'never-healthy' &&
        (fault.group === undefined || fault.group === launch.group) &&
        (fault.image === undefined || fault.image === launch.imageId || fault.image === imageName),
    )
  }

  /** What kills an instance that is launched now while it is pending, in EC2's words. */
  killsPending(world: World, launch: { group?: string | undefined; imageId: string }): string | undefined {
    const imageName = world.images.get(launch.imageId)?.name
    for (const fault of this.set.values())
      if (
        fault.kind === 'dies-pending' &&
        (fault.group === undefined || fault.group === launch.group) &&
        (fault.image === undefined || fault.image === launch.imageId || fault.image === imageName)
      )
        return fault.reason ?? 'Client.InternalError: Client error on launch'
    return undefined
  }

  capacityShort(zone: Instance['zone']): boolean {
    return this.some(
      (fault) =>
        fault.kind === 'capacity-shortage' && (fault.zone === undefined || zone.endsWith(fault.zone)),
    )
  }

  /** How many addresses a subnet has for instances, at most. */
  addressesIn(zone: Instance['zone']): number {
    return this.least((fault) =>
      fault.kind === 'few-addresses' && (fault.zone === undefined || zone.endsWith(fault.zone))
        ? fault.addresses
        : undefined,
    )
  }

  /** How many vCPUs may run, at most. */
  vcpus(): number {
    return this.least((fault) => (fault.kind === 'vcpu-quota' ? fault.vcpus : undefined))
  }

  imageFails(name: string): boolean {
    return this.some(
      (fault) => fault.kind === 'image-fails' && (fault.name === undefined || fault.name === name),
    )
  }

  /** How the application of an image answers: the share of errors, and how many times slower. */
  applicationOf(world: World, imageId: string): { errors: number; latency: number } {
    const imageName = world.images.get(imageId)?.name
    let [errors, latency] = [0, 1]
    for (const fault of this.set.values())
      if (fault.kind === 'bad-version' && (fault.image === imageId || fault.image === imageName)) {
        errors = Math.max(errors, fault.errors ?? 0)
        latency = Math.max(latency, fault.latency ?? 1)
      }
    return { errors, latency }
  }

  /** How many milliseconds more each request behind a load balancer takes, by its name. */
  dependencyDelay(loadBalancer: string): number {
    let delay = 0
    for (const fault of this.set.values())
      if (fault.kind === 'slow-dependency' && (fault.loadBalancer ?? loadBalancer) === loadBalancer)
        delay = Math.max(delay, fault.milliseconds)
    return delay
  }

  /** How many times as many customers as usual come to a load balancer. */
  burst(loadBalancer: string): number {
    let factor = 1
    for (const fault of this.set.values())
      if (fault.kind === 'burst' && (fault.loadBalancer ?? loadBalancer) === loadBalancer)
        factor = Math.max(factor, fault.factor)
    return factor
  }

  /** How events fare on their way: shares that are lost and come twice, how much later, and whether they overtake each other. */
  ofEvents(source: string): { lost: number; late: number; doubled: number; reordered: boolean } {
    const sum = { lost: 0, late: 0, doubled: 0, reordered: false }
    for (const fault of this.set.values())
      if (fault.kind === 'events' && source.startsWith(fault.source ?? '')) {
        sum.lost = Math.max(sum.lost, fault.lost ?? 0)
        sum.late = Math.max(sum.late, (fault.late ?? 0) * 1000)
        sum.doubled = Math.max(sum.doubled, fault.doubled ?? 0)
        sum.reordered ||= fault.reordered ?? false
      }
    return sum
  }

  private least(limit: (fault: Fault) => number | undefined): number {
    return Math.min(...[...this.set.values()].map((fault) => limit(fault) ?? Number.POSITIVE_INFINITY))
  }

  private some(test: (fault: Fault) => boolean): boolean {
    for (const fault of this.set.values()) if (test(fault)) return true
    return false
  }
}
