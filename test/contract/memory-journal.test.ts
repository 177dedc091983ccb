import { changeReturns } from '../../src/adapters/redis/limits'
import { memoryStore } from '../support/memory-journal'
import { journalSuite } from './journal.suite'

describe('the journal in memory', () => {
  journalSuite(async () => {
    let now = 1_000
    let real = 0
    const keep = 3
    return {
      ...memoryStore({ clock: { now: () => now }, real: () => real, keep }),
      pass: (ms) => void (now += ms),
      passReal: async (ms) => {
        real += ms
        await Promise.resolve()
      },
      keep,
      returns: changeReturns,
    }
  })
})
