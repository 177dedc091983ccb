import { randomUUID } from 'node:crypto'
import type { Catalogue } from '../../domain/catalogue/catalogue'
import { webhookNotice } from '../../messages/webhooks/notice'
import { ChatFailure, type Chat } from '../../ports/chat'
import { StoreUnavailable } from '../../ports/failure'
import type { Log } from '../../ports/log'
import type { Outbox } from '../../ports/outbox'
import type { Posts } from '../../ports/posts'
import type { RealTime } from '../../ports/real-time'

interface Deps {
  readonly catalogue: Pick<Catalogue, 'webhooks'>
  readonly outbox: Pick<Outbox, 'notice' | 'told'>
  readonly posts: Pick<Posts, 'acquireLease' | 'releaseLease'>
  readonly chat: Pick<Chat, 'post'>
  readonly log: Log
}

/** Real milliseconds between two looks, and for which a gateway tells alone. */
const interval = 5_000
const lease = 30_000
const leaseName = 'webhook notices'

/** Tells the oldest notice, once among all gateways; more often only where one dies between Slack and the store. */
export const tellNotice = async (deps: Deps, holder: string): Promise<void> => {
  const { catalogue, outbox, posts, chat, log } = deps
  const waiting = await outbox.notice()
  if (!waiting || !(await posts.acquireLease(leaseName, holder, lease))) return
  // Another may have told it before this one had the right to.
  const notice = await outbox.notice()
  const webhook = catalogue.webhooks?.find(({ name }) => name === notice?.webhook)
  if (notice && webhook) {
    try {
      await chat.post(webhook.channel, webhookNotice(notice, webhook))
    } catch (error) {
      if (!(error instanceof ChatFailure)) throw error
      log.warn({ webhook: webhook.name, code: error.code }, 'people were not told of a webhook')
      // What Slack will never take would hold up all that come after it.
      if (error.code === 'ratelimited' || error.code === 'unreachable') return
    }
  }
  if (notice) await outbox.told(notice)
  await posts.releaseLease(leaseName, holder)
}

/** Tells notices of webhooks until it is stopped. */
export const startTellingNotices = (deps: Deps, time: RealTime): (() => void) => {
  const holder = randomUUID()
  let stopped = false
  let callOff = (): void => undefined
  const turn = async (): Promise<void> => {
    await tellNotice(deps, holder).catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable))
        deps.log.warn({ error: String(error) }, 'notices of webhooks were not read')
    })
    if (!stopped) callOff = time.after(interval, () => void turn())
  }
  if ((deps.catalogue.webhooks ?? []).length > 0) void turn()
  return () => {
    stopped = true
    callOff()
  }
}
