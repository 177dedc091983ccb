import { changeRedeliveryTimeout } from '../../src/adapters/redis/connection/limits'
import { memoryStore } from '../support/memory-journal'
import { journalSuite } from './journal.suite'

describe('the journal in memory', () => {
  journalSuite(async () => {
    let now = 1_000
    let real = 0
    const keep = 3
    const store = memoryStore({ clock: { now: () => now }, real: () => real, keep })
    return {
      ...store,
      pass: (ms) => void (now += ms),
      passReal: async (ms) => {
        real += ms
        await store.keepAppointments()
      },
      keep,
      returns: changeRedeliveryTimeout,
    }
  })
})
