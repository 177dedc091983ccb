import { z } from 'zod'
import { named } from './schema'

const instant = z.iso.datetime().meta({ description: 'UTC, RFC 3339.' })

const event = {
  id: z.string().meta({ description: 'Its `webhook-id`.' }),
  type: z.string(),
  service: z.string(),
  operation: z.string().optional(),
  status: z.int().optional().meta({ description: 'The HTTP status of the answer.' }),
  why: z.string().optional().meta({ description: 'Why there was no answer.' }),
}

const webhookSchema = z
  .object({
    name: z.string(),
    events: z.array(z.string()),
    services: z.array(z.string()),
    format: z.enum(['standard', 'cloudevents']),
    state: z.enum(['well', 'failing', 'off']).meta({
      description: '`off`: it answered 410 and is sent nothing more.',
    }),
    failures: z.int().meta({ description: 'Attempts in vain, one after the other.' }),
    failingSince: instant.optional(),
    nextAttemptAt: instant.optional(),
    waiting: z.int(),
    oldestAt: instant.optional().meta({ description: 'Of the oldest event that waits.' }),
    notTaken: z.int().meta({ description: 'Events that were given up and are kept for a week.' }),
    thrownAway: z.int().meta({ description: 'Events that are not kept any more: there were too many.' }),
    deliveries: z
      .array(
        z.object({
          at: instant,
          outcome: z.enum(['delivered', 'failed', 'refused', 'gone']),
          tries: z.int(),
          milliseconds: z.int(),
          ...event,
        }),
      )
      .meta({ description: 'The newest attempts, the last one first.' }),
    undelivered: z
      .array(z.object({ at: instant, tries: z.int().optional(), ...event }))
      .meta({ description: 'The oldest of those that were given up.' }),
  })
  .register(named, { id: 'Webhook' })
export type WebhookBody = z.output<typeof webhookSchema>

export const webhooksSchema = z
  .object({ webhooks: z.array(webhookSchema) })
  .register(named, { id: 'Webhooks' })

export const replayedSchema = z
  .object({ webhook: z.string(), replayed: z.int(), says: z.string() })
  .register(named, { id: 'Replayed' })
