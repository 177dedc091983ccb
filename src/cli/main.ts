import { run } from './run'
import { thisProcess } from './this-process'
import { version } from '../../package.json'

const stdout = process.stdout
// Whoever reads has enough, as `head` has: nothing is wrong, and nothing more is to be said.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

const code = await run(
  {
    ...thisProcess,
    words: process.argv.slice(2),
    ...(stdout.isTTY && { columns: () => stdout.columns || 80 }),
  },
  version,
)
// Not process.exit: what was written is to arrive first.
process.exitCode = code
