import type * as autoscaling from '@aws-sdk/client-auto-scaling'
import type * as cloudwatch from '@aws-sdk/client-cloudwatch'
import type * as ec2 from '@aws-sdk/client-ec2'
import type * as elb from '@aws-sdk/client-elastic-load-balancing-v2'
import type * as eventBridge from '@aws-sdk/client-eventbridge'
import type * as quotas from '@aws-sdk/client-service-quotas'
import type * as sqs from '@aws-sdk/client-sqs'
import type { Simulation, View } from './engine/simulation'

/** The actions that only read: they are given a view of the world, which late consistency may have taken before. */
type ReadName = `Describe${string}` | `Get${string}` | `List${string}`

/** Input and output of an action, from the SDK's own command class. */
type Exchange<C> = C extends {
  prototype: {
    readonly input: infer I
    resolveMiddleware(...rest: never[]): (call: never) => Promise<{ output: infer O }>
  }
}
  ? { readonly input: Given<I>; readonly output: Omit<O, '$metadata'> }
  : never

/** Input once the wire has been read: what is required is there. */
type Given<I> = {
  [K in keyof I]: Partial<Pick<I, K>> extends Pick<I, K> ? I[K] : Exclude<I[K], undefined>
}

type ActionOf<Client> = keyof Client extends infer K
  ? K extends `${infer A}Command`
    ? A extends `$${string}`
      ? never
      : A
    : never
  : never

type Handler<Client, A extends string> = `${A}Command` extends keyof Client
  ? Exchange<Client[`${A}Command`]> extends { input: infer I; output: infer O }
    ? (at: A extends ReadName ? View : Simulation, input: I) => O
    : never
  : never

/** A family of handlers, each typed by the SDK's input and output of the action it is named after. */
type Handlers<Client> = { readonly [A in ActionOf<Client>]?: Handler<Client, A> }
export type Ec2Handlers = Handlers<typeof ec2>
export type AutoScalingHandlers = Handlers<typeof autoscaling>
export type ElbHandlers = Handlers<typeof elb>
export type QuotaHandlers = Handlers<typeof quotas>
export type CloudWatchHandlers = Handlers<typeof cloudwatch>

export type SqsHandlers = Handlers<typeof sqs>
export type EventBridgeHandlers = Handlers<typeof eventBridge>

/** A handler as the dispatcher calls it: the codec gives it the input that its type asks for. */
export type AnyHandler = (at: never, input: never) => unknown

export const isRead = (action: string) => /^(Describe|Get|List)/.test(action)
