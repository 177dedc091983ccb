import type { Planned } from '../domain/planning/facts'
import type { Reason } from '../domain/reasons'
import type { Request } from '../domain/request'
import type { Instant } from '../domain/time'
import type { ImagesNow } from '../messages/images'
import type { ServiceEvents } from '../messages/schedules'
import type { ServiceStatus } from '../messages/status'
import { StoreUnavailable } from '../ports/failure'
import type { Questions } from '../ports/questions'

/** What the gateway asks the worker; none of it changes anything. */
export type Question =
  | { readonly ask: 'status'; readonly services: readonly string[] }
  | { readonly ask: 'schedules'; readonly services: readonly string[] }
  | { readonly ask: 'versions'; readonly service: string }
  | { readonly ask: 'images'; readonly service: string }
  | { readonly ask: 'plan'; readonly request: Request }

/** A service's fleet as AWS tells it now, or in `trouble` why that cannot be told. */
export type ServiceNow = Pick<
  ServiceStatus,
  'service' | 'version' | 'group' | 'fleet' | 'versionNames' | 'refresh' | 'live' | 'shares' | 'amiss'
> & {
  readonly trouble?: Reason
}

/** A version that can be deployed without baking. */
export interface KnownVersion {
  readonly version: string
  readonly image: string
  readonly createdAt: Instant
  readonly pending: boolean
}
export interface VersionsNow {
  readonly current?: string
  /** Newest first. */
  readonly versions: readonly KnownVersion[]
}

export interface Answers {
  readonly status: readonly ServiceNow[]
  readonly schedules: readonly ServiceEvents[]
  readonly versions: VersionsNow
  readonly images: ImagesNow
  readonly plan: Planned
}

/** Real milliseconds; planning reads more of AWS than the others. */
const patience: Readonly<Record<Question['ask'], number>> = {
  status: 6_000,
  schedules: 6_000,
  versions: 5_000,
  images: 12_000,
  plan: 12_000,
}

/**
 * Asks the worker. Undefined when no worker answers in time; rejects with StoreUnavailable when it cannot be asked.
 */
export const askWorker = async <Q extends Question>(
  questions: Pick<Questions, 'ask'>,
  question: Q,
): Promise<Answers[Q['ask']] | undefined> => {
  try {
    const answer = await questions.ask(question, patience[question.ask])
    return answer as unknown as Answers[Q['ask']]
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error
    return undefined
  }
}
