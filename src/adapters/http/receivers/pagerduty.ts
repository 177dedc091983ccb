import { type Ended, endedOf } from '../../../domain/telemetry/ended'
import type { Receiver } from '../../../ports/receiver'
import { post } from './post'

interface PagerDutyOptions {
  /** Of an integration of the kind Events API v2. */
  readonly routingKey: string
  /** Where its account lives: the service region's address of events. */
  readonly url: string
}

/** As long as a summary may be (PagerDuty, "Send a change event"). */
const maxSummary = 1_024

/** Sends a change event, which pages nobody: it stands beside the incidents of the service. */
export const pagerDutyReceiver = ({ routingKey, url }: PagerDutyOptions): Receiver => ({
  name: 'pagerduty',
  tell: async (operation, ending) => {
    const ended = endedOf(operation, ending)
    if (!ended) return 'told'
    return post(new URL('/v2/change/enqueue', url).href, changeEvent(routingKey, ended))
  },
})

const changeEvent = (routing_key: string, ended: Ended) => ({
  routing_key,
  payload: {
    summary:
      `${ended.service}: ${ended.procedure}${ended.version === undefined ? '' : ` ${ended.version}`} – ${ended.ending} (${ended.operation})`.slice(
        0,
        maxSummary,
      ),
    timestamp: ended.endedAt,
    source: 'rollcall',
    custom_details: ended,
  },
})
