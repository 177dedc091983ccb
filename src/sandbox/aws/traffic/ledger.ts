import type { Outcome } from './outcomes'
import { Tally } from './tally'

/** How far back "now" reaches, and in what steps it forgets: simulated milliseconds. */
const recently = 60_000
const slice = 10_000

interface Slice {
  readonly from: number
  readonly all: Tally
  readonly versions: Map<string, Tally>
  readonly instances: Map<string, Tally>
}

/** What became of one load balancer's requests, since the start and in the last minute. */
class Account {
  readonly all = new Tally()
  readonly versions = new Map<string, Tally>()
  private readonly slices: Slice[] = []

  add(outcome: Outcome, now: number): void {
    const current = this.sliceAt(now)
    this.all.add(outcome)
    current.all.add(outcome)
    const { version, instance } = outcome
    if (version !== undefined) {
      tallyOf(this.versions, version).add(outcome)
      tallyOf(current.versions, version).add(outcome)
    }
    if (instance !== undefined) tallyOf(current.instances, instance).add(outcome)
  }

  /** The last minute's, merged. */
  recent(now: number): Omit<Slice, 'from'> & { readonly seconds: number } {
    const merged = {
      all: new Tally(),
      versions: new Map<string, Tally>(),
      instances: new Map<string, Tally>(),
    }
    const inside = this.slices.filter(({ from }) => from > now - recently)
    for (const { all, versions, instances } of inside) {
      merged.all.merge(all)
      for (const [key, tally] of versions) tallyOf(merged.versions, key).merge(tally)
      for (const [key, tally] of instances) tallyOf(merged.instances, key).merge(tally)
    }
    return { ...merged, seconds: Math.max(1, (now - (inside[0]?.from ?? now)) / 1000) }
  }

  private sliceAt(now: number): Slice {
    const last = this.slices.at(-1)
    if (last && now < last.from + slice) return last
    const made = { from: now, all: new Tally(), versions: new Map(), instances: new Map() }
    this.slices.push(made)
    while ((this.slices[0]?.from ?? now) < now - recently - slice) this.slices.shift()
    return made
  }
}

/** Counts what becomes of all requests, by load balancer. */
export class Ledger {
  private readonly accounts = new Map<string, Account>()

  record(outcome: Outcome, now: number): void {
    this.accountOf(outcome.loadBalancer).add(outcome, now)
  }

  accountOf(loadBalancer: string): Account {
    let account = this.accounts.get(loadBalancer)
    if (!account) this.accounts.set(loadBalancer, (account = new Account()))
    return account
  }
}

function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
  let tally = tallies.get(key)
  if (!tally) tallies.set(key, (tally = new Tally()))
  return tally
}
