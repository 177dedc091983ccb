import { ownTag } from '../../domain/images/own'
import type { ResourceKind } from '../../domain/provision/planned'
import type { Tags } from '../../domain/provision/resources'
import { reason } from '../../domain/reasons/reason'
import type { Step } from '../../domain/steps/step'
import { type Milliseconds, minute } from '../../domain/time/time'
import { again, done, failed, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import type { Answer } from '../../ports/refusal'
import { type Context, ownTags } from '../context'

/** A fleet that is being built. */
export interface Build {
  readonly run: Run
  readonly context: Context
  /** Takes down that a resource is asked for: from the first one on there is something to go back from. */
  readonly ask: (kind: ResourceKind) => void
}

/** What a fresh id, or the first use of a service, may take to be known everywhere in AWS. */
const settleTime: Milliseconds = 15 * minute

/**
 * Tags of what a fleet is built of. `rollcall=managed` is what the worker's policy lets it change
 * (deploy/iam-policy.worker.json).
 */
export const managedTags = (context: Context): Record<string, string> => ({
  rollcall: 'managed',
  ...ownTags(context),
})

/** Whether this operation made it. */
export const isMadeHere = (
  { operation }: Pick<Context, 'operation'>,
  { tags }: { readonly tags: Tags },
): boolean => tags[ownTag.operation] === operation.id

/** A resource whose name makes it happen once. */
interface Making<Found extends { readonly tags: Tags }> {
  readonly kind: ResourceKind
  readonly name: string
  readonly find: () => Promise<Found | undefined>
  readonly idOf: (found: Found) => string
  /** What is fixed before the call, beside its kind and its name. */
  readonly token?: string
  readonly create: () => Promise<Answer<unknown, 'exists' | 'unknown'>>
}

/**
 * Makes a resource, once: where the name is taken, it is looked up. It is this operation's by its tags, else somebody made
 * one meanwhile. Ids that AWS does not know yet are asked for again. Gives its id, or its ARN.
 */
export const make = async <Found extends { readonly tags: Tags }>(
  { run, context, ask }: Build,
  step: Step<'step', 'resource'>,
  { kind, name, find, idOf, token, create }: Making<Found>,
): Promise<string> => {
  ask(kind)
  return run.step(step, {
    choose: () => ({ kind, name, ...(token !== undefined && { token }) }),
    timeout: settleTime,
    observe: async () => {
      const found = await find()
      return found && isMadeHere(context, found) ? idOf(found) : undefined
    },
    act: async () => {
      const answer = await create()
      if (!answer.ok && answer.reason.code === 'unknown') return again
      const found = await find()
      if (!found) return waiting()
      return isMadeHere(context, found) ? done(idOf(found)) : failed(reason('resource_taken', { name }))
    },
  })
}

/** Sets something that differs, until it is seen to be so. */
export const settle = async (
  { run }: Pick<Build, 'run'>,
  step: Step<'step', 'none'>,
  choice: { readonly [name: string]: string | number | readonly string[] },
  isSo: () => Promise<boolean>,
  set: () => Promise<Answer<unknown, 'exists' | 'unknown'> | void>,
): Promise<void> => {
  await run.step(step, {
    choose: () => choice,
    timeout: settleTime,
    observe: async () => ((await isSo()) ? true : undefined),
    act: async () => {
      const answer = await set()
      return answer && !answer.ok && answer.reason.code === 'unknown' ? again : waiting()
    },
  })
}
