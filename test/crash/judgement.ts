import type { Operation } from '../../src/domain/operation/operation'
import { isReadOnly } from '../../src/domain/procedures'
import type { Reason } from '../../src/domain/reasons/reason'
import type { CallRecord } from '../../src/sandbox/protocol'
import type { Simulation } from '../support/simulation'

/*
 * How an operation may end that AWS does not let do its work: refused with nothing changed, the fleet whole, or all that is
 * left is named.
 */

/** A fleet, by what and whose a setting is. */
type Stand = ReadonlyMap<string, string>

/** What there is of groups and templates, by what and whose it is. A warm pool is filled by AWS, in its own time. */
export const standOf = ({ aws }: Simulation): Stand => {
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

/** An operation that has ended, and what it was like before. */
export interface Played {
  readonly simulation: Simulation
  readonly operation: Operation
  readonly before: Stand
  readonly calls: readonly CallRecord[]
}

const differences = (is: Stand, others: readonly Stand[]): readonly string[] =>
  [...new Set([is, ...others].flatMap((one) => [...one.keys()]))].filter((key) =>
    others.every((other) => other.get(key) !== is.get(key)),
  )

const versionsOf = (stand: Stand, key: string): readonly string[] =>
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

/** Whether it is a scheduled action that AWS has taken away after its time. */
const hasRun = (key: string, before: Stand, is: Stand, now: number): boolean => {
  const start = /"start":(\d+)/.exec(before.get(key) ?? '')?.[1]
  return !is.has(key) && start !== undefined && Number(start) <= now
}

/** What is wrong with an ending, in words; `usual` is how the same comes out on a day on which nothing is missing. */
export const wrongWith = (
  { simulation, operation, before, calls }: Played,
  usual: Simulation,
): readonly string[] => {
  const { ending } = operation
  const is = standOf(simulation)
  const end = standOf(usual)
  const wrong: string[] = []
  const rule = (holds: boolean, words: string) => void (holds || wrong.push(words))
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
      const unnamed = differences(is, [before, end]).filter(
        (key) => !isNamed(ending.left ?? [], key) && !hasRun(key, before, is, simulation.clock.now()),
      )
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
      const left = differences(is, [before]).filter(
        (key) => !gone(key) && !fixed(key) && !hasRun(key, before, is, simulation.clock.now()),
      )
      rule(left.length === 0, `not as before: ${left.map((key) => `${key} ${is.get(key)}`).join('; ')}`)
    }
  }
  return wrong
}
