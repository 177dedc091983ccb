import { z } from 'zod'
import { withPresentNames, withPresentStrategy } from '../../../domain/operation/former-names'
import type { Operation } from '../../../domain/operation/operation'
import { UnreadableRecord } from '../../../ports/failure'

/** Version of what is written; a reader that does not know it must not guess. */
export const recordVersion = '1'

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' })
    return z.NEVER
  }
})
const number = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number)
const object = json.pipe(z.looseObject({}))

const fields = z.object({
  version: z.literal(recordVersion),
  head: json.pipe(
    z.looseObject({ id: z.string(), request: z.looseObject({ service: z.string() }), createdAt: z.number() }),
  ),
  phase: z.enum([
    'planning',
    'confirming',
    'approving',
    'queued',
    'running',
    'held',
    'finishing',
    'returning',
    'ended',
  ]),
  startedAt: number.optional(),
  plan: object.optional(),
  fleet: object.optional(),
  ending: json
    .pipe(z.looseObject({ kind: z.string(), at: z.number(), left: z.array(z.unknown()) }))
    .optional(),
  fence: number,
  revision: number,
})

const snapshot = z.tuple([
  z.array(z.string()),
  z.array(json.pipe(z.looseObject({ key: z.string(), order: z.number(), state: z.string() }))),
  z.array(json.pipe(z.looseObject({ id: z.string(), kind: z.string() }))),
  z.array(json.pipe(z.looseObject({ code: z.string() }))),
])

const paired = (flat: readonly string[]): Record<string, string> =>
  Object.fromEntries(flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : [])))

/** Reads what the scripts' `snapshot` gave. Throws UnreadableRecord. */
export const operationOf = (id: string, read: unknown): Operation => {
  try {
    const [flat, steps, signals, notes] = snapshot.parse(read)
    const { version: _, head, ...rest } = fields.parse(paired(flat))
    const ordered = steps.toSorted((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1))
    // Only what is cheap is checked: the record's version vouches for the rest.
    const plan = rest.plan && withPresentStrategy(rest.plan)
    const request = withPresentNames(head.request)
    return {
      ...head,
      ...rest,
      ...(plan && { plan }),
      request,
      steps: ordered,
      signals,
      notes,
    } as unknown as Operation
  } catch (cause) {
    throw new UnreadableRecord(`operation ${id}`, { cause })
  }
}

/** Reads a value of its own key or field. Throws UnreadableRecord. */
export const valueOf = (what: string, text: string, shape: z.ZodType): unknown => {
  try {
    return json.pipe(shape).parse(text)
  } catch (cause) {
    throw new UnreadableRecord(what, { cause })
  }
}
