import type { GatewayDeps } from '../deps'
import type { MessageRef } from '../../ports/chat'
import type { ApiRecords } from '../../ports/api-records'
import type { Outbox } from '../../ports/outbox'
import type { IdTokens } from '../../ports/id-tokens'
import type { Posts } from '../../ports/posts'

/** What the door is made of, beside the gateway. */
export interface ApiDeps extends GatewayDeps {
  readonly apiRecords: ApiRecords
  readonly idTokens: IdTokens
  readonly outbox: Outbox
  readonly posts: Pick<Posts, 'get'>
  /** The address of a message in Slack, where it is known. */
  readonly linkTo?: (message: MessageRef) => string | undefined
}
