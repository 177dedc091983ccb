import type { Operation } from '../../domain/operation/operation'
import type { OperationId } from '../../domain/operation/id'
import { isFollowUpDue } from '../../domain/windows/follow-up'
import type { Posts } from '../../ports/posts'
import type { GatewayDeps } from '../deps'

/** What people are called for where they are asked what came of an override. */
export const followUpKey = 'follow up'

/** Real milliseconds between two looks at what has ended, and how much of it is looked at. */
const interval = 300_000
const most = 500

type FollowUpDeps = Pick<GatewayDeps, 'catalogue' | 'clock' | 'journal' | 'time'> & {
  readonly posts: Pick<Posts, 'get'>
}

/** By the clocks of the service that it was about. */
export const isDue = (
  { catalogue, clock }: Pick<GatewayDeps, 'catalogue' | 'clock'>,
  operation: Operation,
): boolean => {
  const zone = catalogue.services.get(operation.request.service)?.timezone ?? 'UTC'
  return isFollowUpDue(operation, clock.now(), zone)
}

/**
 * Gives what finds the operations whose people are to be asked what came of an override, and were not yet. That they were
 * is known by the message; so nobody is asked twice, whichever gateway looks. The finder rejects with StoreUnavailable.
 */
export const followUps = (deps: FollowUpDeps): (() => Promise<readonly OperationId[]>) => {
  const { journal, posts, time } = deps
  let nextLook = 0
  let due: readonly Operation[] = []
  return async () => {
    if (time.now() >= nextLook) {
      due = (await journal.readableHistory(undefined, most)).filter((one) => isDue(deps, one))
      nextLook = time.now() + interval
    }
    const asked = await Promise.all(due.map(async ({ id }) => (await posts.get(id))?.called === followUpKey))
    due = due.filter((_, at) => !asked[at])
    return due.map(({ id }) => id)
  }
}
