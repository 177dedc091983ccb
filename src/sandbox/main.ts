import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from './config'
import { SandboxFailure } from './launcher/failure'
import { launch } from './launcher/launch'

const built = dirname(fileURLToPath(import.meta.url))

/** Ends the program with what a person can do about it. */
function fail(message: string): never {
  console.error(`\n${message}\n`)
  process.exit(1)
}

const read = readConfig()
if ('mistakes' in read) fail(`The sandbox cannot start like this:\n\n    ${read.mistakes.join('\n    ')}`)

const started = Date.now()
const files = { page: join(built, 'page'), bot: join(built, 'main.js'), manifests: join(built, '../deploy') }
const sandbox = launch(read.config, files, (line) => console.log(`sandbox: ${line}`))
let ending = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A second Ctrl-C is a person who will not wait; what runs on a leash ends by itself.
    if (ending) process.exit(1)
    ending = true
    console.log('sandbox: ending')
    sandbox.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
}
try {
  const url = await sandbox.ready
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(`sandbox: up after ${seconds} s; Ctrl-C ends everything`)
  console.log(`sandbox ready ${url}`)
} catch (failure) {
  if (!ending) {
    await sandbox.stop()
    if (failure instanceof SandboxFailure) fail(failure.message)
    fail(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure))
  }
}
