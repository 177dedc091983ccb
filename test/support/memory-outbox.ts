import type { Delivery, LaneSize, LaneState, Outbox, WebhookNotice } from '../../src/ports/outbox'
import type { QueuedEvent } from '../../src/domain/webhooks/message'

/** How one webhook stands, as a test has it. */
interface Standing {
  readonly state?: LaneState
  readonly size?: Partial<LaneSize>
  readonly deliveries?: readonly Delivery[]
  readonly dead?: readonly QueuedEvent[]
}

/** Outboxes as they are looked at and replayed; what is sent and settled is tested on Redis. */
export const memoryOutbox = (standing: Readonly<Record<string, Standing>> = {}) => {
  const replayed: string[] = []
  const notices: WebhookNotice[] = []
  const no = async (): Promise<never> => {
    throw new Error('nothing is sent here')
  }
  const outbox: Outbox = {
    acquire: no,
    release: no,
    read: no,
    settle: no,
    size: async (webhook) => ({ waiting: 0, dead: 0, dropped: 0, ...standing[webhook]?.size }),
    state: async (webhook) => standing[webhook]?.state ?? { failures: 0 },
    deliveries: async (webhook) => standing[webhook]?.deliveries ?? [],
    dead: async (webhook) => standing[webhook]?.dead ?? [],
    replay: async (webhook) => {
      replayed.push(webhook)
      return standing[webhook]?.size?.dead ?? 0
    },
    tell: async (notice) => void notices.push(notice),
    notice: async () => notices[0],
    told: async (notice) => void notices.splice(notices.indexOf(notice), 1),
  }
  return { outbox, replayed, notices }
}
