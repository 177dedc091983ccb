import type { Operation } from '../../src/domain/operation'
import type { Aws } from '../../src/sandbox/aws'
import type { Cut } from './cuts'
import type { Rehearsal } from './rehearsal'

const only = process.env['SEED']

/** The seeds of so many stories, or the one that `SEED` names. */
export const seedsOf = (count: number): readonly number[] =>
  only === undefined ? Array.from({ length: count }, (_, index) => index + 1) : [Number(only)]

/** What may happen at a call in bad weather: to fail and to be lost more often than to die. */
export const weatherCuts: readonly Cut[] = [
  'fail',
  'fail',
  'lose',
  'lose',
  'kill before',
  'kill after',
  'twice',
]

/** What AWS itself does in bad weather, as chance has it. */
export const storm = (aws: Aws, random: () => number): void => {
  if (random() < 0.5) aws.setFault({ kind: 'late-consistency', seconds: Math.ceil(random() * 10) })
  if (random() < 0.5) aws.setFault({ kind: 'throttle', times: Math.ceil(random() * 40) })
  if (random() < 0.5) aws.setFault({ kind: 'error-before', times: Math.ceil(random() * 10) })
  if (random() < 0.5) aws.setFault({ kind: 'error-after', times: Math.ceil(random() * 10) })
}

/** Puts down in words what an operation broke of what holds in any weather, and what more it is asked about. */
export const ruling = (
  { violations: [violation] }: Rehearsal,
  { request, ending }: Operation,
  may: readonly string[],
) => {
  const wrong: string[] = []
  const rule = (holds: boolean, words: string) => void (holds || wrong.push(`${request.procedure}: ${words}`))
  rule(violation === undefined, `only ${violation?.healthy} healthy at ${violation?.at}`)
  rule(may.includes(ending?.kind ?? ''), `another ending: ${JSON.stringify(ending)}`)
  return { wrong, rule }
}
