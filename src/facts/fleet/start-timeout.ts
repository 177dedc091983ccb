import type { Service } from '../../domain/catalogue/catalogue'
import { startTimeoutFor } from '../../domain/fleet/starts'
import type { Json } from '../../domain/json'
import type { StepRecord } from '../../domain/operation/operation'
import type { Milliseconds } from '../../domain/time/time'
import type { Journal } from '../../ports/journal'

/** So many of the service's operations are looked through. */
const lookedAt = 50

/**
 * How long a new version of a service may be unhealthy in service before it is taken for broken: by how long the first
 * instances of its operations that succeeded took until they served, else by what its catalogue says of its boot, and
 * never beyond its gate's time. Where neither tells anything it has the gate's whole time.
 */
export const startTimeout = async (
  journal: Pick<Journal, 'readableHistory'>,
  { name, boot, gate }: Pick<Service, 'name' | 'boot' | 'gate'>,
): Promise<Milliseconds> => {
  const succeeded = (await journal.readableHistory(name, lookedAt)).filter(
    ({ ending }) => ending?.kind === 'succeeded',
  )
  const took = succeeded.flatMap(({ steps }) => steps.flatMap(timesIn))
  const known = [...took, ...(boot === undefined ? [] : [boot])]
  return known.length === 0 ? gate.timeout : Math.min(gate.timeout, startTimeoutFor(Math.max(...known)))
}

/**
 * What a wait of a group, or of several, has written down of their starts. One that ended with the first that served has
 * no more than its own length to tell, which is longer.
 */
const timesIn = ({ choice, startedAt, endedAt }: StepRecord): readonly Milliseconds[] => {
  const starts = fieldOf(choice, 'starts')
  if (typeof starts !== 'object' || starts === null) return []
  return [starts, ...Object.values(starts)].flatMap((one) => {
    const took = fieldOf(one, 'took')
    if (typeof took === 'number') return [took]
    const isOpen = fieldOf(one, 'since') !== undefined && fieldOf(one, 'served') === undefined
    return isOpen && endedAt !== undefined ? [endedAt - startedAt] : []
  })
}

const fieldOf = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })[name]
    : undefined
