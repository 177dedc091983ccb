import { readKey } from '../../src/domain/steps/read-key'
import type { Simulation } from '../support/simulation'
import type { Run } from './harness'
import type { Scenario } from './scenario'

/** Every invariant that a run broke, in words: what holds with any fault, and is the same as in the baseline. */
export const violations = (
  scenario: Scenario,
  { simulation, operation, lost }: Pick<Run, 'simulation' | 'operation' | 'lost'>,
  baseline: Pick<Run, 'simulation'>,
): readonly string[] => {
  const wrong: string[] = []
  const rule = (holds: boolean, words: string) => void (holds || wrong.push(words))
  const { images, templates } = simulation.aws.view()
  rule(operation.ending?.kind === scenario.ending, `ended ${JSON.stringify(operation.ending)}`)
  rule(
    simulation.violations.length === 0,
    `healthy below minimum: ${JSON.stringify(simulation.violations[0])}`,
  )
  const unread = operation.steps.map(({ key }) => key).filter((key) => readKey(key) === undefined)
  rule(unread.length === 0, `keys that no step declares: ${unread.join(', ')}`)
  const owners = images.map((image) => image.tags['rollcall:operation'])
  const owned = owners.filter((owner) => owner === operation.id)
  rule(owned.length <= 1, `${owned.length} images`)
  const made = templates
    .flatMap((template) => template.versions)
    .filter((version) => version.description?.includes(operation.id))
  rule(made.length <= 1, `${made.length} template versions`)
  const stray = owners.filter((owner) => owner !== undefined && !simulation.known.has(owner))
  rule(stray.length === 0, `images of nobody: ${stray.join()}`)
  const [started, usual] = [simulation, baseline.simulation].map(refreshesStarted)
  rule(started === usual, `${started} refreshes instead of ${usual}`)
  try {
    scenario.expectFleet(simulation)
  } catch (error) {
    wrong.push(error instanceof Error ? error.message.split('\n').slice(0, 12).join(' ') : String(error))
  }
  if (scenario.losesByNature === undefined) {
    // What leaves drains when all is over; nobody else acts meanwhile.
    simulation.clock.advanceBy(draining)
    for (const words of lost()) wrong.push(`lost ${words}`)
  }
  return wrong
}

/** Longer than any deregistration delay here and the end of an instance after it. */
const draining = 480_000

/** Refreshes that AWS started. */
const refreshesStarted = ({ aws }: Simulation): number =>
  aws.calls().filter((call) => call.action === 'StartInstanceRefresh' && call.error === undefined).length
