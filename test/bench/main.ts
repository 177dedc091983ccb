import { ack } from './ack'
import { ask } from './ask'
import { colors } from './blue-green'
import { broken } from './broken'
import { build } from './build'
import { events } from './events'
import { hints } from './hints'
import { lost } from './lost'
import { overhead } from './overhead'
import { reads } from './reads'
import { ready } from './ready'
import { say } from './report'
import { verdict } from './verdict'

/** The parts of the bench, in the order in which they run. */
const parts: { readonly [name: string]: () => Promise<void> } = {
  overhead,
  colors,
  events,
  lost,
  verdict,
  broken,
  hints,
  reads,
  ack,
  ask,
  ready,
  build,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(parts, name))
if (unknown.length > 0) {
  say(`there is no ${unknown.join(', ')}; there is ${Object.keys(parts).join(', ')}`)
  process.exit(1)
}
for (const [name, run] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const started = performance.now()
  try {
    await run()
  } catch (error) {
    say(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    process.exitCode = 1
  }
  say(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`)
}
// A part that failed may have left something that waits.
process.exit()
