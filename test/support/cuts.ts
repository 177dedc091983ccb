import { AwsFailure, StoreUnavailable } from '../../src/ports/failure'

/** The process is dead: whatever it still wants to do has no effect any more. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/**
 * What happens at one external call:
 * - `fail`: it is not done, and the caller is told so (or left without an answer);
 * - `lose`: it is done, but the answer is lost;
 * - `kill before` / `kill after`: the process dies right before it, or after its effect;
 * - `twice`: another worker takes the same wake-up first and runs its tick, then this one goes on as a zombie.
 */
export type Cut = 'fail' | 'lose' | 'kill before' | 'kill after' | 'twice'

/** One external call, named so that the same place is found again in another run of the same story. */
export interface CallPlace {
  /** e.g. `groups.update`. */
  readonly method: string
  /** How many steps the journal had finished by then. */
  readonly stage: number
  /** Which one of its kind within that stage, from 0. */
  readonly occurrence: number
}

export const placeName = ({ method, stage, occurrence }: CallPlace): string =>
  `${method} #${occurrence} at stage ${stage}`

/** Cuts at external calls of one process. A new process needs a new one. */
export interface Cutter {
  /** Asked before each call; what it answers happens. */
  decide(place: CallPlace): Cut | undefined
  /** Runs another worker's tick to its end. */
  anotherTick(): Promise<void>
}

/** The state of one process: alive until it is killed. */
export class LifeLine {
  private dead = false
  /** Calls so far, by method and stage. */
  readonly seen = new Map<string, number>()
  readonly trace: CallPlace[] = []

  constructor(
    private readonly stage: () => number,
    private readonly cutter: Cutter,
  ) {}

  /** A port whose every call can be cut. Methods that give no promise are left alone. */
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
    const place = this.place(method)
    const cut = this.cutter.decide(place)
    if (cut === 'kill before') return this.die()
    if (cut === 'fail') throw failureOf(method)
    if (cut === 'twice') await this.cutter.anotherTick()
    const result = await effect()
    this.mustLive()
    if (cut === 'kill after') return this.die()
    if (cut === 'lose') throw failureOf(method)
    return result
  }

  private place(method: string): CallPlace {
    const stage = this.stage()
    const key = `${method} ${stage}`
    const occurrence = this.seen.get(key) ?? 0
    this.seen.set(key, occurrence + 1)
    const place = { method, stage, occurrence }
    this.trace.push(place)
    return place
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
  /^(images|templates|groups|traffic|securityGroups|alarms)\./.test(method)
    ? new AwsFailure('ambiguous', method, 'RequestTimeout', 'the connection was lost')
    : new StoreUnavailable('the store did not answer')
