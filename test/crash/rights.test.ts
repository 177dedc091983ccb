import { readFileSync } from 'node:fs'
import { isReadOnly } from '../../src/domain/procedures'
import { isRead } from '../../src/sandbox/aws/handlers'
import type { CallRecord } from '../../src/sandbox/protocol'
import type { Operation } from '../../src/domain/operation/operation'
import type { Reason } from '../../src/domain/reasons/reason'
import { chosen, extent, sampleSeed } from '../support/sample'
import { simulate, type Simulation } from '../support/simulation'
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

/** What there is of groups and templates, by what and whose it is. A warm pool is filled by AWS, in its own time. */
const standOf = ({ aws }: Simulation): ReadonlyMap<string, string> => {
  const { groups, instances, templates, schedules } = aws.view()
  const serving = (group: string) => [
    ...new Set(
      instances
        .filter((one) => one.group === group && one.lifecycle === 'InService')
        .map((one) => one.templateVersion),
    ),
  ]
  return new Map([
    ...groups.flatMap(
      ({ name, instances: _ids, refresh: _run, templateVersion: _now, warm: _filled, ...settings }) =>
        Object.entries({ ...settings, serving: serving(name) }).map(
          ([key, value]) => [`${name}: ${key}`, JSON.stringify(value)] as const,
        ),
    ),
    ...templates.map(({ name, default: version }) => [`${name}: default`, `${version}`] as const),
    ...schedules.map((one) => [`${one.group}: action ${one.name}`, JSON.stringify(one)] as const),
  ])
}

interface Played {
  readonly simulation: Simulation
  readonly operation: Operation
  readonly before: ReadonlyMap<string, string>
  readonly calls: readonly CallRecord[]
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

const differences = (
  is: ReadonlyMap<string, string>,
  others: readonly ReadonlyMap<string, string>[],
): readonly string[] =>
  [...new Set([is, ...others].flatMap((one) => [...one.keys()]))].filter((key) =>
    others.every((other) => other.get(key) !== is.get(key)),
  )

const versionsOf = (stand: ReadonlyMap<string, string>, key: string): readonly string[] =>
  (stand.get(key) ?? '').replace(/[[\]]/g, '').split(',')

/** The reasons that name what is left of a kind of setting. */
const codesOf = (setting: string): RegExp => {
  if (/^(min|desired|max|units)$/.test(setting)) return /^left_(group_sizes|group_behind|standby|midway)$/
  if (setting === 'templatePin') return /^left_(group_template|group_behind|refresh)$/
  if (setting === 'default') return /^left_default_behind|left_template_default$/
  if (setting === 'suspended') return /^left_suspended$/
  if (setting === 'serving') return /^left_/
  return /^left_(changed|group_behind|undeleted|resource)$/
}

/** What was to be built or taken down is named as a whole. */
const whole = /^left_(resource|standing|emptied)$/

const isNamed = (left: readonly Reason[], key: string): boolean => {
  const [whose = '', setting = ''] = key.split(': ')
  return left.some(
    ({ code, facts }) =>
      (codesOf(setting).test(code) || whole.test(code)) && JSON.stringify(facts).includes(whose),
  )
}

/** What broke when this right was missing, in words. */
const attempt = async (scenario: Scenario, right: Right, usual: Simulation): Promise<readonly string[]> => {
  const { simulation, operation, before, calls } = await play(scenario, right)
  const { ending } = operation
  const is = standOf(simulation)
  const end = standOf(usual)
  const wrong: string[] = []
  const rule = (holds: boolean, words: string) => void (holds || wrong.push(words))
  const said = JSON.stringify([ending?.reason, ending?.left])
  rule(simulation.violations.length === 0, 'healthy below minimum')
  const changes = calls.filter((call) => call.mutating && call.error === undefined)
  if (isReadOnly(operation.request)) {
    rule(changes.length === 0, `only looks, and called ${changes.map(({ action }) => action).join()}`)
    return wrong
  }
  switch (ending?.kind) {
    case 'succeeded':
      rule(differences(is, [end]).length === 0, `otherwise than usual: ${differences(is, [end]).join('; ')}`)
      break
    case 'refused': {
      rule(changes.length === 0, `refused after ${changes.map(({ action }) => action).join()}`)
      break
    }
    case 'needs attention': {
      const unnamed = differences(is, [before, end]).filter((key) => !isNamed(ending.left ?? [], key))
      rule(unnamed.length === 0, `not named: ${unnamed.map((key) => `${key} ${is.get(key)}`).join('; ')}`)
      rule(
        (ending.left ?? []).length > 0 || differences(is, [end]).length === 0,
        `nothing named of ${differences(is, [end]).join('; ')}`,
      )
      break
    }
    default: {
      // What was on its way out before may be gone by now.
      const gone = (key: string) =>
        key.endsWith(': serving') && versionsOf(is, key).every((one) => versionsOf(before, key).includes(one))
      // What a provision has fixed in place stays as rollcall.yaml says, and the ending says so.
      const mends = (ending?.left ?? []).filter(({ code }) => code === 'left_fixed')
      const fixed = (key: string) =>
        is.get(key) === end.get(key) &&
        mends.some(({ facts }) => JSON.stringify(facts).includes(key.split(': ')[0] ?? key))
      const left = differences(is, [before]).filter((key) => !gone(key) && !fixed(key))
      rule(left.length === 0, `not as before: ${left.map((key) => `${key} ${is.get(key)}`).join('; ')}`)
    }
  }
  if (ending?.kind !== scenario.ending) rule(said.includes(right.action), `${right.action} is not named`)
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
    const names = chosen({ extent, seed: sampleSeed, suite: `rights of ${suite}`, oneIn }, [...rights.keys()])
    const failures: string[] = []
    for (const right of rights.values())
      if (names.has(right.action)) failures.push(...(await attempt(scenario, right, simulation)))
    expect(failures).toEqual([])
  }, 300_000)
})
