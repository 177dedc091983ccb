import { connectStore } from '../../src/adapters/redis'
import { Superseded } from '../../src/ports/failure'

/** `go` ticks and comes again after 200 ms; `slow` takes a second from pen to write; `hang` never ends a tick. */
export type Manner = 'go' | 'slow' | 'hang'

/**
 * A worker and nothing else: `ticking.cjs <url> <manner>`. It says `ready`, then `tick <operation>` whenever one
 * begins. A tick takes the pen and writes, as real ones do, and says when it may not.
 */
const main = async (url: string, manner: Manner) => {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const store = connectStore({ url, clock: { now: () => Date.now(), real: (span) => span } })
  await store.ready(10_000)
  await store.wakeups.work(async (operation, signal) => {
    const taken = await store.journal.acquireLease(operation)
    say(`tick ${operation}`)
    if (taken === undefined || taken.operation.ending !== undefined) return undefined
    if (manner === 'hang') await new Promise(() => {})
    if (manner === 'slow') await new Promise((resolve) => setTimeout(resolve, 1_000))
    try {
      await store.journal.write(taken.lease, { phase: 'running' })
    } catch (error) {
      if (error instanceof Superseded) say(`superseded ${operation}${signal.aborted ? ', aborted' : ''}`)
      throw error
    }
    return { at: Date.now() + 200 }
  })
  say('ready')
}

const [url = '', manner] = process.argv.slice(2)
void main(url, manner as Manner)
