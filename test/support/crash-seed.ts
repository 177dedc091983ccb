import { spawnSync } from 'node:child_process'

const commit = (): string => {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--short=12', 'HEAD'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : 'no commit'
}

/**
 * Jest's global setup: draws what the crash suite samples by the commit, so that each commit tries other cases and a
 * red run is red again when it is repeated. Prints the seed, and hands it to the test files.
 */
export default (): void => {
  process.env['CRASH_SEED'] ||= commit()
  const { CRASH_SEED: seed, CRASH_CASES: extent = 'sample' } = process.env
  process.stderr.write(`crash suite: CRASH_CASES=${extent} CRASH_SEED='${seed}'\n`)
}
