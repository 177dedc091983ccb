import type { Operation } from '../../src/domain/operation/operation'
import type { Aws } from '../../src/sandbox/aws'
import type { CallFault } from './fault-injection'
import { chosen, extent, sampleSeed } from './sample'
import type { Simulation } from './simulation'

const only = process.env['SEED']

/**
 * The seeds from 1 to `count` of a chaos test that are run: one in four, or as `FAULT_CASES` says, or the one that
 * `SEED` names.
 */
export const seedsOf = (suite: string, count: number): readonly number[] => {
  if (only !== undefined) return [Number(only)]
  const names = Array.from({ length: count }, (_, index) => String(index + 1))
  return [...chosen({ extent, seed: sampleSeed, suite, oneIn: 4 }, names)].map(Number)
}

/** The faults that a call may get: more often to fail and to be lost than to die. */
export const chaosFaults: readonly CallFault[] = [
  'fail',
  'fail',
  'lose',
  'lose',
  'kill before',
  'kill after',
  'twice',
]

/** Faults of AWS itself, as chance has it. */
export const injectAwsFaults = (aws: Aws, random: () => number): void => {
  if (random() < 0.5) aws.setFault({ kind: 'late-consistency', seconds: Math.ceil(random() * 10) })
  if (random() < 0.5) aws.setFault({ kind: 'throttle', times: Math.ceil(random() * 40) })
  if (random() < 0.5) aws.setFault({ kind: 'error-before', times: Math.ceil(random() * 10) })
  if (random() < 0.5) aws.setFault({ kind: 'error-after', times: Math.ceil(random() * 10) })
}

/** Lists in words which invariants an operation broke: those that hold under any faults, and more by `rule`. */
export const invariants = (
  { violations: [violation] }: Simulation,
  { request, ending }: Operation,
  may: readonly string[],
) => {
  const wrong: string[] = []
  const rule = (holds: boolean, words: string) => void (holds || wrong.push(`${request.procedure}: ${words}`))
  rule(violation === undefined, `only ${violation?.healthy} healthy at ${violation?.at}`)
  rule(may.includes(ending?.kind ?? ''), `another ending: ${JSON.stringify(ending)}`)
  return { wrong, rule }
}
