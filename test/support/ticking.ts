import { connectStore } from '../../src/adapters/redis'

/**
 * A worker and nothing else: `ticking.cjs <url> go|hang`. It says `ready`, and then the id of each operation
 * whose tick begins. A tick takes the pen and writes, as real ones do.
 */
const [url = '', manner] = process.argv.slice(2)
const say = (line: string) => process.stdout.write(`${line}\n`)

const main = async () => {
  const store = connectStore({ url, clock: { now: () => Date.now(), real: (span) => span } })
  await store.ready(10_000)
  await store.wakeups.work(async (operation) => {
    say(operation)
    if (manner === 'hang') await new Promise(() => {})
    const taken = await store.journal.takePen(operation)
    if (taken === undefined || taken.operation.ending !== undefined) return undefined
    await store.journal.write(taken.pen, { phase: 'running' })
    return { at: Date.now() + 200 }
  })
  say('ready')
}

void main()
