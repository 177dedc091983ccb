import type { Clock } from '../../../ports/clock'
import { AwsFailure } from '../../../ports/failure'
import type { RealTime } from '../../../ports/real-time'
import { clockWasSet, toFailure } from './errors'
import type { RateLimiter } from './rate-limiter'
import { changeAnswered, sendChange } from './operation-session'
import { delay } from './delay'

/** One call to AWS, or one that was saved; for metrics. */
export interface AwsCall {
  readonly region: string
  readonly service:
    | 'ec2'
    | 'autoscaling'
    | 'elasticloadbalancing'
    | 'servicequotas'
    | 'cloudwatch'
    | 'sqs'
    | 'events'
  /** AWS's name of the action. */
  readonly action: string
  readonly changing: boolean
  /** `shared`: a read that another one's answer has served; no call was made. */
  readonly outcome: 'answered' | 'throttled' | 'ambiguous' | 'unauthenticated' | 'refused' | 'shared'
  /** The wire's error code, where it failed, and the words beside it. */
  readonly code?: string
  readonly words?: string
  /** How long the call took, in real milliseconds; 0 where none was made. */
  readonly lasted: number
}

/** How often a read is made, at most, and the first pause (clock milliseconds) between two tries; it doubles. */
const tries = {
  throttled: { most: 6, first: 500 },
  ambiguous: { most: 3, first: 200 },
  unauthenticated: { most: 1, first: 0 },
  refused: { most: 1, first: 0 },
} as const

/** A read that has taken so many real milliseconds without an answer is left to the next look: who asked is told sooner. */
const longEnough = 10_000

/**
 * The client of one AWS service in one region: every call goes through it, paced and told. Reads are tried again with
 * a bounded time (about 15 clock seconds of throttling); changes are sent once, for only the caller can look first
 * whether a lost one took effect.
 */
export class AwsClient {
  constructor(
    private readonly place: { readonly region: string; readonly service: AwsCall['service'] },
    private readonly clock: Clock,
    private readonly time: RealTime,
    private readonly limiter: RateLimiter,
    private readonly onCall: (call: AwsCall) => void,
  ) {}

  /** `call` is invoked when the call may go, anew for each try. Throws AwsFailure. */
  async read<T>(action: string, call: () => Promise<T>): Promise<T> {
    const begun = this.time.now()
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(action, false, call)
      } catch (error) {
        const failure = toFailure(action, error)
        const { most, first } = tries[failure.kind]
        const tooLong = failure.kind === 'ambiguous' && this.time.now() - begun >= longEnough
        if (attempt >= most || tooLong) throw failure
        // Between half and the whole pause, so that several workers do not come back in step.
        const wait = first * 2 ** (attempt - 1) * (1 - Math.random() / 2)
        await delay(this.time, this.clock.real(wait))
      }
    }
  }

  /** A call that changes something: sent once. Throws AwsFailure. */
  change<T>(action: string, call: () => Promise<T>): Promise<T> {
    return this.once(action, true, call)
  }

  /** Counts a read that needed no call of its own. */
  shared(action: string): void {
    this.onCall({ ...this.place, action, changing: false, outcome: 'shared', lasted: 0 })
  }

  private async once<T>(action: string, changing: boolean, call: () => Promise<T>): Promise<T> {
    await this.limiter.acquire(!changing)
    const sent = this.time.now()
    const tell = (outcome: AwsCall['outcome'], said: Pick<AwsCall, 'code' | 'words'> = {}) =>
      this.onCall({ ...this.place, action, changing, outcome, lasted: this.time.now() - sent, ...said })
    try {
      const send = () => (changing ? sendChange(call) : call())
      const answer = await send().catch((error: unknown) => {
        if (clockWasSet(error)) return send()
        throw error
      })
      tell('answered')
      if (changing) changeAnswered(action, answer)
      return answer
    } catch (error) {
      const failure = toFailure(action, error)
      if (failure.kind === 'throttled') this.limiter.onThrottled()
      tell(failure.kind, { code: failure.code, words: failure.words })
      if (changing) changeAnswered(action, error, failure.code)
      throw failure
    }
  }
}

/** Whether AWS refused with one of these codes. */
export const refusedWith = (error: unknown, codes: RegExp): error is AwsFailure =>
  error instanceof AwsFailure && error.kind === 'refused' && codes.test(error.code)
