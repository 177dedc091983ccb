import { readFileSync } from 'node:fs'
import { isReadOnly } from '../../src/domain/procedures'
import { isRead } from '../../src/sandbox/aws/handlers'
import type { CallRecord } from '../../src/sandbox/protocol'
import { chosen, extentOfLong, sampleSeed } from '../support/sample'
import { simulate, type Simulation } from '../support/simulation'
import { type Played, standOf, wrongWith } from './judgement'
import type { Scenario } from './scenario'
import { scenarios } from './scenarios'

/*
 * Each right that a procedure uses is taken away once, from before it is asked for. Then either the plan says no, and
 * nothing was changed; or the fleet is whole; or all that is left is named. The right is named always.
 */

const oneIn = 12
/** Who watches a window does so until it closes, whatever may be read meanwhile: there is no ending to judge. */
const every: readonly Scenario[] = Object.values(scenarios)
  .flat<readonly (readonly Scenario[])[]>()
  .filter(({ operation }) => operation.request.procedure !== 'monitor-window')

/** What the worker's policies grant; people in the scenarios use other rights. */
const granted = ['iam-policy.worker.json', 'iam-policy.provision.json']
  .map((file) => readFileSync(`deploy/${file}`, 'utf8'))
  .join()
const isGranted = ({ service, action }: Right): boolean => granted.includes(`"${service}:${action}"`)

/** An action of AWS, as a policy names it. */
interface Right {
  readonly service: CallRecord['service']
  readonly action: string
}

/** As AWS words it: EC2's "Error codes", and the common errors of the others. */
const denial = ({ service, action }: Right) => {
  const words = `is not authorized to perform: ${service}:${action} because no identity-based policy allows it`
  return service === 'ec2'
    ? {
        code: 'UnauthorizedOperation',
        message: `You are not authorized to perform this operation. User: arn:aws:sts::123456789012:assumed-role/rollcall ${words}`,
      }
    : { code: 'AccessDenied', message: `User: arn:aws:sts::123456789012:assumed-role/rollcall ${words}` }
}

const play = async (scenario: Scenario, denied?: Right): Promise<Played> => {
  const simulation = simulate(scenario.world)
  await scenario.before?.(simulation)
  const before = standOf(simulation)
  const from = simulation.aws.calls().length
  const fault =
    denied &&
    simulation.aws.setFault({ kind: 'error-before', action: denied.action, status: 403, ...denial(denied) })
  const id = await simulation.start(scenario.operation)
  const operation = await simulation.untilOver(id)
  if (fault !== undefined) simulation.aws.clearFaults(fault)
  return { simulation, operation, before, calls: simulation.aws.calls().slice(from) }
}

/** What broke when this right was missing, in words. */
const attempt = async (scenario: Scenario, right: Right, usual: Simulation): Promise<readonly string[]> => {
  const played = await play(scenario, right)
  const { ending, request } = played.operation
  const isNamed =
    isReadOnly(request) ||
    ending?.kind === scenario.ending ||
    JSON.stringify([ending?.reason, ending?.left]).includes(right.action)
  const wrong = [...wrongWith(played, usual), ...(isNamed ? [] : [`${right.action} is not named`])]
  return wrong.map(
    (words) => `${isRead(right.action) ? 'read' : 'change'} ${right.action}, ${ending?.kind}: ${words}`,
  )
}

describe.each(every.map((scenario) => [scenario.name, scenario] as const))('%s', (suite, scenario) => {
  it('is refused, or leaves the fleet whole, or names what is left, for each right that is missing', async () => {
    const { simulation, calls } = await play(scenario)
    const rights = new Map(
      calls.filter(isGranted).map(({ service, action }) => [action, { service, action }]),
    )
    const names = chosen({ extent: extentOfLong, seed: sampleSeed, suite: `rights of ${suite}`, oneIn }, [
      ...rights.keys(),
    ])
    const failures: string[] = []
    for (const right of rights.values())
      if (names.has(right.action)) failures.push(...(await attempt(scenario, right, simulation)))
    expect(failures).toEqual([])
  }, 300_000)
})
