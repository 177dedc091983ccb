import { cannotGetHealthy, seenStarts, type Starting, type Starts } from '../../domain/fleet/starts'
import type { Milliseconds } from '../../domain/time/time'
import type { Look } from '../../durable/run'
import { startTimeout } from '../../facts/fleet/start-timeout'
import type { Context } from '../context'

/** What one look at the starts of a version came to. */
interface SeenStarts {
  readonly seen: Starts
  /** Where the version cannot get healthy: how long its instances have been in service without serving. */
  readonly after?: Milliseconds
}

/** Looks at how a version's instances start; the past is asked for once, and only where they do not serve at once. */
export const watchStarts = async (
  { journal, service }: Pick<Context, 'journal' | 'service'>,
  starting: Starting,
  look: Look,
  before: Starts | undefined,
): Promise<SeenStarts> => {
  const seen = seenStarts(starting, look, before)
  if (seen.since === undefined) return { seen }
  const timeout = before?.timeout ?? (await startTimeout(journal, service))
  const isBroken = cannotGetHealthy(starting, seen, { now: look.now, timeout })
  return { seen: { ...seen, timeout }, ...(isBroken && { after: look.now - seen.since }) }
}
