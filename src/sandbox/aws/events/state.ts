/** A rule of the default event bus, by its name. */
export interface EventRule {
  readonly name: string
  /** As it was written; `source`, `detail-type` and the fields of `detail` are matched. */
  readonly pattern: string
  readonly enabled: boolean
  /** Queues by their ARN, by the target's id. */
  readonly targets: Map<string, string>
}

interface Message {
  readonly id: string
  readonly body: string
  readonly sentAt: number
  /** Hidden from receivers until then. */
  visibleAt: number
  received: number
  receipt: string
}

/** A standard queue of SQS. */
export interface Queue {
  readonly name: string
  readonly arn: string
  readonly url: string
  /** As they were set; only the two of time matter here: MessageRetentionPeriod and VisibilityTimeout, in seconds. */
  attributes: Record<string, string>
  /** In the order that they came in. */
  messages: Message[]
}

/** What a service says: EventBridge puts the rest of the envelope round it. */
export interface ServiceEvent {
  readonly source: string
  readonly type: string
  readonly resources: readonly string[]
  readonly detail: Readonly<Record<string, unknown>>
}
