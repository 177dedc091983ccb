import { spawnSync } from 'node:child_process'

const commit = (): string => {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--short=12', 'HEAD'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : 'no commit'
}

/**
 * Jest's global setup: draws what the crash and chaos tests sample by the commit, so that each commit tries other cases
 * and a red run is red again when it is repeated. Prints the seed, and hands it to the test files.
 */
export default (): void => {
  process.env['FAULT_SEED'] ||= commit()
  const { FAULT_SEED: seed, FAULT_CASES: extent = 'sample' } = process.env
  process.stderr.write(`crash and chaos tests: FAULT_CASES=${extent} FAULT_SEED='${seed}'\n`)
}
