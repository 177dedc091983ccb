import { z } from 'zod'

/** The schemas that the document names. */
export const named = z.registry<{ readonly id: string }>()

// What the door says, field by field. What stands here is kept: fields are added, and none is renamed or taken away.

const instant = z.iso.datetime().meta({ description: 'UTC, RFC 3339.' })

const states = [
  'planning',
  'awaiting_confirmation',
  'awaiting_approval',
  'queued',
  'running',
  'held',
  'finishing',
  'returning',
  'ended',
] as const

const endings = [
  'succeeded',
  'rolled_back',
  'failed_clean',
  'needs_attention',
  'refused',
  'cancelled',
] as const

const requestedBy = z
  .object({
    kind: z.enum(['person', 'machine', 'rollcall']),
    id: z.string().meta({ description: 'A Slack user id, `machines.<name>`, or `Rollcall`.' }),
    title: z.string().optional().meta({ description: 'Of a machine: its pipeline and run.' }),
    url: z.url().optional().meta({ description: 'Of a machine: where its run can be seen.' }),
  })
  .register(named, { id: 'RequestedBy' })

const task = z
  .object({
    task: z.string(),
    title: z.string(),
    state: z.enum(['pending', 'running', 'done', 'failed']),
    detail: z.string().optional(),
  })
  .register(named, { id: 'Task' })

export const operationSchema = z
  .object({
    id: z.string(),
    service: z.string(),
    action: z.string(),
    version: z.string().optional(),
    state: z.enum(states),
    ending: z.enum(endings).optional().meta({ description: 'There as soon as `state` is `ended`.' }),
    code: z.string().optional().meta({ description: 'Why it did not succeed: a reason code.' }),
    says: z.string().meta({ description: 'How it stands, in the sentences that its message shows.' }),
    left: z.array(z.string()).meta({ description: 'What is left in AWS, and for whom.' }),
    warnings: z.array(z.string()),
    progress: z.array(task),
    expectedSeconds: z.int().optional(),
    requestedBy,
    reason: z.string().optional(),
    approval: z
      .object({ count: z.int(), given: z.int(), until: instant })
      .optional()
      .meta({ description: 'While it waits for approval.' }),
    window: z
      .object({ name: z.string(), until: instant.optional() })
      .optional()
      .meta({ description: 'While it waits in line until a closed window opens.' }),
    queue: z.object({ place: z.int(), behind: z.string().optional() }).optional(),
    createdAt: instant,
    startedAt: instant.optional(),
    endedAt: instant.optional(),
    channel: z.string(),
    url: z.url().optional().meta({ description: 'Its message in Slack, where that is known.' }),
    revision: z.int().meta({ description: 'Rises with each change.' }),
    links: z.object({ self: z.string(), service: z.string() }),
  })
  .register(named, { id: 'Operation' })
export type OperationBody = z.output<typeof operationSchema>

export const acceptedSchema = operationSchema
  .extend({
    readToken: z.string().meta({
      description:
        'Reads this one operation until an hour after its ending, so that a pipeline need not keep its own token.',
    }),
  })
  .register(named, { id: 'Accepted' })

export const planSchema = z
  .object({
    dryRun: z.literal(true),
    service: z.string(),
    action: z.string(),
    version: z.string(),
    before: z.string().optional(),
    fingerprint: z.string().meta({ description: 'Changes whenever what would be done changes.' }),
    says: z.string().meta({ description: 'The plan as chat shows it.' }),
    tasks: z.array(z.object({ task: z.string(), title: z.string(), expectedSeconds: z.int() })),
    calls: z.array(z.string()).meta({ description: 'AWS actions that would change something, in order.' }),
    warnings: z.array(z.string()),
  })
  .register(named, { id: 'Plan' })

export const saidSchema = z
  .object({ action: z.string(), service: z.string(), says: z.string() })
  .meta({ description: 'What came of a lock or an unlock.' })
  .register(named, { id: 'Said' })

const lock = z
  .object({
    kind: z.enum(['lock', 'freeze']),
    service: z.string(),
    reason: z.string(),
    by: z.string(),
    since: instant,
    until: instant.optional(),
    operation: z.string().optional(),
  })
  .register(named, { id: 'Lock' })

export const serviceSchema = z
  .object({
    name: z.string(),
    version: z.string().optional().meta({ description: 'What it serves, where that is known.' }),
    strategy: z.string(),
    says: z.string(),
    group: z
      .object({ name: z.string(), min: z.int(), desired: z.int(), max: z.int() })
      .optional()
      .meta({ description: 'Of a service with one group.' }),
    live: z.enum(['blue', 'green']).optional(),
    instances: z.object({ total: z.int(), healthy: z.int() }).optional(),
    locks: z.array(lock),
    running: z.string().optional().meta({ description: 'The operation that owns the service now.' }),
    queue: z.array(z.string()),
    last: z.object({ id: z.string(), ending: z.enum(endings) }).optional(),
    code: z.string().optional().meta({ description: 'Why facts of AWS are missing.' }),
    links: z.object({ self: z.string(), history: z.string() }),
  })
  .register(named, { id: 'Service' })
export type ServiceBody = z.output<typeof serviceSchema>

export const servicesSchema = z
  .object({ services: z.array(serviceSchema) })
  .register(named, { id: 'Services' })

export const historySchema = z
  .object({
    operations: z.array(operationSchema),
    next: z.string().optional().meta({ description: 'The cursor of the next page; absent on the last.' }),
  })
  .register(named, { id: 'History' })

export const auditSchema = z
  .object({
    lines: z.array(z.string()).meta({
      description: 'Each the exact text of a line of the record, JSON itself; the oldest first.',
    }),
    head: z
      .object({ sequence: z.int(), hash: z.string() })
      .meta({ description: 'Where the record ends now: number and SHA-256 of its last line.' }),
    before: z.int().optional().meta({ description: 'Where older lines of the time are left: ask with it.' }),
  })
  .register(named, { id: 'Audit' })

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened and what to do, as chat would say it.' }),
    instance: z.string().optional(),
    code: z.string().meta({ description: 'For programs: it is kept, the sentences are not.' }),
    says: z.string().meta({ description: 'The same as `detail`.' }),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: 'What is wrong in which field (JSON Pointer).' }),
    operation: z.string().optional(),
    retryAt: instant.optional().meta({ description: 'When the closed window opens that holds it.' }),
  })
  .meta({ description: 'RFC 9457.' })
  .register(named, { id: 'Problem' })
export type ProblemBody = z.output<typeof problemSchema>
