import type { Plan } from '../domain/operation/plan'
import type { Reason } from '../domain/reasons/reason'
import { refusalMessage } from '../messages/refusal'
import type { Asked } from '../messages/windows/held'
import type { Message } from '../ports/chat'
import { type Asker, type GatewayDeps, localeOf } from './deps'
import type { OperationId } from '../domain/operation/id'

/** What a command came to: `ok` when it did what was asked. */
export interface Reply {
  readonly ok: boolean
  readonly message: Message
  /** Why it was refused, where a gate or the plan did. */
  readonly reason?: Reason
  /** The plan of what would be started, where that was asked. */
  readonly plan?: Plan
  /** The message as text alone, for what answers no person. */
  readonly says?: string
  /** The operation that was told something. */
  readonly told?: OperationId
  /** The operation that was started, or that the same delivery started before. */
  readonly started?: { readonly id: OperationId; readonly created: boolean }
}

/** A refusal, in the asker's words. */
export const refused = (
  deps: Pick<GatewayDeps, 'catalogue' | 'clock'>,
  why: Reason,
  asker: Asker,
  service?: string,
  asked?: Asked,
): Reply => ({
  ok: false,
  message: refusalMessage(why, localeOf(deps, asker.userLocale, service), service, asked),
  reason: why,
})
