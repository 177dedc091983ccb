import type { Slice } from './histogram'

/** Why a request got no answer of an application. */
export type Loss =
  /** No target is registered, or the weights leave none. */
  | 'no-target'
  /** It was sent to an instance that is gone or does not take connections. */
  | 'dead-instance'
  /** Its instance ended, or the deregistration delay was over, before it was answered. */
  | 'cut'
  /** Its instance took no more connections for want of capacity. */
  | 'overloaded'
  /** No answer came before the idle time-out. */
  | 'too-slow'

/** The status that an ALB answers instead of a target. aws: "Troubleshoot your Application Load Balancers". */
export const statusOf: Readonly<Record<Loss, 502 | 503 | 504>> = {
  'no-target': 503,
  'dead-instance': 502,
  cut: 502,
  overloaded: 502,
  'too-slow': 504,
}

/** What became of requests of one kind. */
export interface Outcome {
  /** ARNs. */
  readonly loadBalancer: string
  readonly targetGroup?: string | undefined
  readonly instance?: string | undefined
  readonly zone?: string | undefined
  readonly version?: string | undefined
  readonly count: number
  /** The status class of a target's answer, or why there was none; `balancer` answers by itself, as it was told to. */
  readonly result: '2xx' | '4xx' | '5xx' | 'balancer' | Loss
  /** Of answers of a target: milliseconds, or how they are spread. */
  readonly latency?: number | readonly Slice[]
}

export const isLoss = (result: Outcome['result']): result is Loss => Object.hasOwn(statusOf, result)
