import { z } from 'zod'
import type { SlackFault } from '../../slack/faults'
import type { AwsFault } from '../world'

const times = z.number().int().min(1).exactOptional()
const text = z.string().min(1).exactOptional()
const status = z.number().int().min(400).max(599).exactOptional()
const failed = { action: text, code: text, message: text, status, times }

/** The body of POST /control/faults. */
export const faultBody: z.ZodType<AwsFault | SlackFault> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('throttle'), ...failed }),
  z.strictObject({ kind: z.literal('error-before'), ...failed }),
  z.strictObject({ kind: z.literal('error-after'), ...failed }),
  z.strictObject({ kind: z.literal('silent') }),
  z.strictObject({ kind: z.literal('denied'), action: z.string().min(1) }),
  z.strictObject({ kind: z.literal('late-consistency'), seconds: z.number().positive() }),
  z.strictObject({ kind: z.literal('never-healthy'), group: text, image: text }),
  z.strictObject({ kind: z.literal('dies-pending'), group: text, image: text, reason: text }),
  z.strictObject({ kind: z.literal('capacity-shortage'), zone: text }),
  z.strictObject({ kind: z.literal('few-addresses'), addresses: z.number().int().min(0), zone: text }),
  z.strictObject({ kind: z.literal('vcpu-quota'), vcpus: z.number().int().min(0) }),
  z.strictObject({ kind: z.literal('image-fails'), name: text }),
  z.strictObject({
    kind: z.literal('bad-version'),
    image: z.string().min(1),
    errors: z.number().min(0).max(1).exactOptional(),
    latency: z.number().min(1).max(1000).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('burst'), factor: z.number().min(1).max(100), loadBalancer: text }),
  z.strictObject({
    kind: z.literal('slow-dependency'),
    milliseconds: z.number().positive().max(600_000),
    loadBalancer: text,
  }),
  z.strictObject({
    kind: z.literal('events'),
    source: text,
    lost: z.number().min(0).max(1).exactOptional(),
    late: z.number().min(0).max(3600).exactOptional(),
    doubled: z.number().min(0).max(1).exactOptional(),
    reordered: z.boolean().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('slack-ratelimit'), method: text, seconds: z.number().positive(), times }),
  z.strictObject({ kind: z.literal('slack-down') }),
  z.strictObject({ kind: z.literal('slack-duplicate'), times }),
  z.strictObject({
    kind: z.literal('slack-refuses'),
    error: z.string().regex(/^[a-z_]+$/),
    method: text,
    channel: text,
    times,
  }),
  z.strictObject({ kind: z.literal('slack-archived'), channel: z.string().min(1) }),
  z.strictObject({ kind: z.literal('slack-removed'), channel: z.string().min(1) }),
  z.strictObject({ kind: z.literal('slack-revoked'), error: text }),
])

/** Whether a fault is Slack's rather than AWS's. */
export function isSlackFault(fault: AwsFault | SlackFault): fault is SlackFault {
  return fault.kind.startsWith('slack-')
}
