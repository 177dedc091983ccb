import { z } from 'zod'
import { beginning, type Head, nextLine } from '../../../domain/record/chain'
import { catalogueEntry, type Entry } from '../../../domain/record/entry'
import type { AuditRecord } from '../../../ports/record'
import { setField } from '../scripts/fields'
import { advanceArchive, beginArchive } from '../scripts/archive'
import { recordLines } from '../scripts/record-lines'
import type { Store } from '../connection/store'

/** A line as scripts read it (`chainRecord`). */
interface Chained {
  /** The hash upon which it was made. */
  readonly seen: string
  readonly line: string
  readonly hash: string
  readonly sequence: string
  readonly keep: string
}

/** Appends to the record in somebody else's write. */
export interface Chain {
  /**
   * Runs a script with the entry's line, made upon the newest head, until no other line came between. Without an entry it
   * runs once.
   */
  with<Answer>(
    entry: Entry | undefined,
    run: (chained: string) => Promise<Answer>,
  ): Promise<Exclude<Answer, 'moved'>>
}

const headOf = ([sequence, hash]: readonly (string | null)[]): Head =>
  sequence && hash ? { sequence: Number(sequence), hash } : beginning

const readHead = async (store: Store): Promise<Head> =>
  headOf(await store.ask((client) => client.hmget(store.keys.recordHead, 'sequence', 'hash')))

/** What a script gives where another line came first. */
const isMoved = (answer: unknown): boolean =>
  answer === 'moved' || (Array.isArray(answer) && answer[0] === 'moved')

export const chainOn = (store: Store, keep: number): Chain => ({
  async with(entry, run) {
    for (;;) {
      let chained = ''
      if (entry) {
        const seen = await readHead(store)
        const { line, head } = nextLine(seen, entry)
        const { hash, sequence } = head
        const numbers = { sequence: String(sequence), keep: String(keep) }
        chained = JSON.stringify({ seen: seen.hash, line, hash, ...numbers } satisfies Chained)
      }
      const answer = await run(chained)
      if (!isMoved(answer)) return answer as Exclude<typeof answer, 'moved'>
    }
  },
})

const texts = z.array(z.string())
/** Lines that are read at once. */
const page = 500
const dated = z.looseObject({ at: z.iso.datetime() })
/** A line that cannot be read belongs to the record all the same: whoever verifies it is to find it. */
const instantOf = (line: string): number | undefined => {
  try {
    return Date.parse(dated.parse(JSON.parse(line)).at)
  } catch {
    return undefined
  }
}

/** The record on Redis: a list, and the head beside it. */
export const redisAuditRecord = (store: Store, chain: Chain): AuditRecord => {
  const { keys } = store
  return {
    head: () => readHead(store),
    async lines({ since = -Infinity, until = Infinity, before = Infinity, most }) {
      let found: string[] = []
      // From its end: what is asked for is mostly of late.
      const { sequence } = await readHead(store)
      for (let last = Math.min(sequence, before - 1); last > 0; last -= page) {
        const lines = texts.parse(
          await store.run(recordLines, [keys.record, keys.recordHead], [last - page + 1, last]),
        )
        if (lines.length === 0) break
        found = [...lines, ...found]
        found = found.slice(0, found.findLastIndex((line) => (instantOf(line) ?? -Infinity) < until) + 1)
        // Writers' clocks differ by little: a whole page before `since` is the end of what may not be.
        if (found.length > most || lines.every((line) => (instantOf(line) ?? Infinity) < since)) break
      }
      const first = found.findIndex((line) => (instantOf(line) ?? -Infinity) >= since)
      return first < 0 ? [] : found.slice(first).slice(-most)
    },
    after: async (sequence, most) =>
      texts.parse(
        await store.run(recordLines, [keys.record, keys.recordHead], [sequence + 1, sequence + most]),
      ),
    beginArchive: async () => Number(await store.run(beginArchive, [keys.record, keys.recordHead])),
    advanceArchive: async (sequence) =>
      void (await store.run(advanceArchive, [keys.recordHead], [String(sequence)])),
    endArchive: async () => void (await store.ask((client) => client.hdel(keys.recordHead, 'archived'))),
    async catalogue(catalogue, at) {
      const { sha256 } = catalogue
      if (sha256 === undefined) return
      const known = await store.ask((client) => client.hget(keys.recordHead, 'catalogue'))
      if (known === sha256) return
      await chain.with(catalogueEntry(catalogue, at), (chained) =>
        store.run(setField, [keys.recordHead], ['catalogue', sha256, store.deadline(), keys.base, chained]),
      )
    },
  }
}
