import type { AwsCall } from '../adapters/aws/client/client'
import type { Log } from '../ports/log'
import type { RealTime } from '../ports/real-time'

/** Real milliseconds. */
const limits = {
  /** For so long a call may stay without an answer before it is an outage: most answer at the next try. */
  tellAfter: 10_000,
  /** How often the log says that it lasts. */
  repeat: 60_000,
  /** A call that nobody has tried for longer is not waited for any more: the rarest tries are five minutes apart. */
  forgotten: 6 * 60_000,
}

/** A call that gets no answer. */
interface Silent {
  readonly since: number
  readonly triedAt: number
  readonly code: string
  readonly words: string
  readonly outcome: AwsCall['outcome']
}

interface Region {
  readonly silent: Map<string, Silent>
  /** Since when it is an outage, and what calls off its next line. */
  outage?: { readonly since: number; calloff: () => void }
}

const sentenceOf = ({ outcome, code }: Silent): string => {
  if (outcome === 'unauthenticated')
    return 'AWS takes no call of this worker: its credentials, its clock, or the region\u2019s being enabled want a look; operations wait'
  if (outcome === 'throttled')
    return 'AWS slows calls down: something in the account calls it too often; operations wait'
  if (/^HTTP \d+ ./.test(code))
    return 'what answers is not AWS: a proxy, or a page that wants a sign-in, is on the way there; operations wait'
  return 'AWS does not answer: the way there and the AWS Health Dashboard want a look; operations wait'
}

/**
 * Hears of every call to AWS and writes outages into the log: a line at the beginning of each, one a minute while it
 * lasts, and one at its end, however many operations meet it.
 */
export const awsOutages = (log: Pick<Log, 'info' | 'warn'>, time: RealTime) => {
  const regions = new Map<string, Region>()

  const facts = (name: string, since: number) => ({
    region: name,
    since: new Date(since).toISOString(),
    seconds: Math.round((time.now() - since) / 1000),
  })
  const newest = ({ silent }: Region) => [...silent.values()].toSorted((a, b) => b.triedAt - a.triedAt)[0]

  const tell = (name: string, region: Region, since: number): void => {
    const last = newest(region)
    if (!last) return
    const { code, words } = last
    log.warn(
      { ...facts(name, since), calls: [...region.silent.keys()].sort(), code, words },
      sentenceOf(last),
    )
    region.outage = { since, calloff: time.after(limits.repeat, () => repeat(name, region, since)) }
  }

  const endIfOver = (name: string, region: Region): void => {
    if (!region.outage || region.silent.size > 0) return
    region.outage.calloff()
    log.info(facts(name, region.outage.since), 'AWS answers again')
    delete region.outage
  }

  const repeat = (name: string, region: Region, since: number): void => {
    for (const [action, { triedAt }] of region.silent)
      if (time.now() - triedAt > limits.forgotten) region.silent.delete(action)
    if (region.silent.size > 0) tell(name, region, since)
    else endIfOver(name, region)
  }

  return ({ region: name, action, outcome, code = '', words = '', lasted }: AwsCall): void => {
    if (outcome === 'shared') return
    const region: Region = regions.get(name) ?? { silent: new Map() }
    regions.set(name, region)
    const now = time.now()
    if (outcome === 'answered' || outcome === 'refused') {
      region.silent.delete(action)
      return endIfOver(name, region)
    }
    const since = region.silent.get(action)?.since ?? now - lasted
    region.silent.set(action, { since, triedAt: now, code, words, outcome })
    const first = Math.min(...[...region.silent.values()].map((one) => one.since))
    if (!region.outage && now - first >= limits.tellAfter) tell(name, region, first)
  }
}
