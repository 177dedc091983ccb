import { z } from 'zod'
import { askForms, type Asked, askableActions } from '../../commands/structured'
import type { ApiResponse } from '../../ports/api'
import { ask } from './ask'
import type { Caller } from './authenticate'
import type { Call, MachineCaller } from './call'
import type { OperationWaits } from './operation-waits'
import { readAudit, readHistory, readOperation, readService, readServices } from './read'
import { readWebhooks, replayWebhook } from './webhooks'
import { replayedSchema, webhooksSchema } from './webhook-schema'
import {
  acceptedSchema,
  auditSchema,
  historySchema,
  operationSchema,
  planSchema,
  saidSchema,
  serviceSchema,
  servicesSchema,
} from './schema'

/** What an answer is, for the document. */
export interface Answered {
  readonly says: string
  readonly body?: z.ZodType | readonly z.ZodType[]
}

/** One line of the door's table: what comes in, what goes out, and who does it. */
export interface Route {
  readonly method: 'GET' | 'POST'
  /** With names in braces. */
  readonly path: string
  readonly name: string
  readonly summary: string
  /** Whether the token of one operation will do. */
  readonly readers?: true
  /** Whether it may change something: such calls are counted by themselves. */
  readonly changes?: true
  /** Whether it takes what is asked for as a body, under an idempotency key. */
  readonly asks?: true
  readonly query: z.ZodType
  readonly answers: Readonly<Record<number, Answered>>
  /** The HTTP statuses of problems that are its own; those of every route are added. */
  readonly problems: readonly number[]
  handle(call: Call<Caller, never, never>, waits: OperationWaits): Promise<ApiResponse>
}

/** Longest wait for a change, in real seconds: below the idle limits of common proxies (a load balancer of AWS: 60 s). */
const maxWait = 30

const nothing = z.strictObject({})

/** Only a machine may: the token of one operation reads that one. */
const byMachine =
  <Query, Body>(handle: (call: Call<MachineCaller, Query, Body>) => Promise<ApiResponse>) =>
  (call: Call<Caller, never, never>): Promise<ApiResponse> =>
    handle(call as Call<MachineCaller, never, never>)

export const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/operations',
    name: 'ask',
    summary: `Asks for what chat can be asked for: ${askableActions.join(', ')}.`,
    changes: true,
    asks: true,
    query: nothing,
    answers: {
      200: {
        says: 'The plan of a dry run, or what came of a lock or an unlock.',
        body: [planSchema, saidSchema],
      },
      202: { says: 'It is recorded; the same call again gives the same operation.', body: acceptedSchema },
    },
    problems: [400, 404, 409, 413, 415, 422],
    handle: byMachine<unknown, Asked>(ask),
  },
  {
    method: 'GET',
    path: '/v1/operations/{id}',
    name: 'readOperation',
    summary: 'An operation; with `wait` and `If-None-Match` as soon as it changes.',
    readers: true,
    query: z.strictObject({
      wait: z.coerce.number().int().min(0).max(maxWait).default(0).meta({
        description: 'Seconds to wait for the next change of what `If-None-Match` names.',
      }),
    }),
    answers: {
      200: { says: 'The operation as it stands.', body: operationSchema },
      304: { says: 'Nothing has changed.' },
    },
    problems: [404],
    handle: (call, waits) => readOperation(call, waits),
  },
  {
    method: 'GET',
    path: '/v1/services',
    name: 'readServices',
    summary: 'The services that the machine may look at.',
    query: nothing,
    answers: { 200: { says: 'How they stand.', body: servicesSchema } },
    problems: [],
    handle: byMachine(readServices),
  },
  {
    method: 'GET',
    path: '/v1/services/{name}',
    name: 'readService',
    summary: 'One service.',
    query: nothing,
    answers: { 200: { says: 'How it stands.', body: serviceSchema } },
    problems: [404],
    handle: byMachine(readService),
  },
  {
    method: 'GET',
    path: '/v1/history',
    name: 'readHistory',
    summary: 'What ended, the newest first.',
    query: z.strictObject({
      service: z.string().min(1).max(64).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(20),
      cursor: z.string().min(1).max(64).optional().meta({ description: '`next` of the page before.' }),
    }),
    answers: { 200: { says: 'A page.', body: historySchema } },
    problems: [404],
    handle: byMachine(readHistory),
  },
  {
    method: 'GET',
    path: '/v1/audit',
    name: 'readAudit',
    summary: 'The record, line by line as it was written, so that its chain can be verified.',
    query: z.strictObject({
      since: z.iso.datetime({ offset: true }).optional(),
      until: z.iso.datetime({ offset: true }).optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(1_000).meta({
        description: 'The newest that many of these lines, in their order.',
      }),
      before: z.coerce.number().int().min(1).optional().meta({
        description: '`before` of the answer before: the lines that precede it.',
      }),
    }),
    answers: { 200: { says: 'Lines without a gap.', body: auditSchema } },
    problems: [],
    handle: byMachine(readAudit),
  },
  {
    method: 'GET',
    path: '/v1/webhooks',
    name: 'readWebhooks',
    summary: 'Who is told of what by HTTP, and whether they take it.',
    query: nothing,
    answers: { 200: { says: 'How they stand, with their newest attempts.', body: webhooksSchema } },
    problems: [],
    handle: byMachine(readWebhooks),
  },
  {
    method: 'POST',
    path: '/v1/webhooks/{name}/replay',
    name: 'replayWebhook',
    summary: 'Sends again what a webhook did not take. Asked twice it comes to the same.',
    changes: true,
    query: nothing,
    answers: { 200: { says: 'How many events are sent again.', body: replayedSchema } },
    problems: [404],
    handle: byMachine(replayWebhook),
  },
]

/** The form of what is asked, by its action. */
export const askForm = (action: unknown): z.ZodType | undefined =>
  typeof action === 'string' && Object.hasOwn(askForms, action) ? askForms[action] : undefined
