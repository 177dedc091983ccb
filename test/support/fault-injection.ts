import { AwsFailure, StoreUnavailable } from '../../src/ports/failure'

/** The process is dead: whatever it still wants to do has no effect any more. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/** Every fault that can be injected into one external call. */
export const callFaults = ['fail', 'lose', 'kill before', 'kill after', 'twice'] as const

/**
 * What happens at one external call:
 * - `fail`: it is not done, and the caller is told so (or left without an answer);
 * - `lose`: it is done, but the answer is lost;
 * - `kill before` / `kill after`: the process dies right before it, or after its effect;
 * - `twice`: another worker takes the same wake-up first and runs its tick, then this one goes on as a zombie.
 */
export type CallFault = (typeof callFaults)[number]

/** One external call, named so that the same one is found again in another run of the same scenario. */
export interface CallSite {
  /** e.g. `groups.update`. */
  readonly method: string
  /** How many steps the journal had finished by then. */
  readonly stage: number
  /** Which one of its kind within that stage, from 0. */
  readonly occurrence: number
}

export const siteName = ({ method, stage, occurrence }: CallSite): string =>
  `${method} #${occurrence} at stage ${stage}`

/** Faults at external calls of one process. A new process needs a new one. */
export interface FaultInjector {
  /** Asked before each call; the fault that it answers happens. */
  inject(site: CallSite): CallFault | undefined
  /** Runs another worker's tick to its end. */
  concurrentTick(): Promise<void>
}

/** The state of one process: alive until it is killed. */
export class FaultyProcess {
  private dead = false
  /** Calls so far, by method and stage. */
  readonly seen = new Map<string, number>()

  constructor(
    private readonly stage: () => number,
    private readonly injector: FaultInjector,
  ) {}

  /** A port with every call open to faults. Methods that give no promise are left alone. */
  wrap<Port extends object>(name: string, port: Port): Port {
    return new Proxy(port, {
      get: (target, key, receiver) => {
        const value: unknown = Reflect.get(target, key, receiver)
        if (typeof value !== 'function' || typeof key !== 'string' || key === 'onChange') return value
        return (...args: unknown[]) =>
          this.call(`${name}.${key}`, () => (value as (...rest: unknown[]) => unknown).apply(target, args))
      },
    })
  }

  private async call(method: string, effect: () => unknown): Promise<unknown> {
    this.mustLive()
    const fault = this.injector.inject(this.site(method))
    if (fault === 'kill before') return this.die()
    if (fault === 'fail') throw failureOf(method)
    if (fault === 'twice') await this.injector.concurrentTick()
    const result = await effect()
    this.mustLive()
    if (fault === 'kill after') return this.die()
    if (fault === 'lose') throw failureOf(method)
    return result
  }

  private site(method: string): CallSite {
    const stage = this.stage()
    const key = `${method} ${stage}`
    const occurrence = this.seen.get(key) ?? 0
    this.seen.set(key, occurrence + 1)
    return { method, stage, occurrence }
  }

  private die(): never {
    this.dead = true
    throw new Killed()
  }

  private mustLive(): void {
    if (this.dead) throw new Killed()
  }
}

const failureOf = (method: string): Error =>
  /^(images|templates|groups|traffic|networks|securityGroups|targetGroups|loadBalancers|listeners|tagging|alarms|metrics)\./.test(
    method,
  )
    ? new AwsFailure('ambiguous', method, 'RequestTimeout', 'the connection was lost')
    : new StoreUnavailable('the store did not answer')
