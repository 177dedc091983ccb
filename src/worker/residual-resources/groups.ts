import type { Json } from '../../domain/json'
import { type Reason, reason } from '../../domain/reasons/reason'
import { keptColorSteps } from '../../domain/steps/blue-green/capacity'
import { standbySteps } from '../../domain/steps/blue-green/standby'
import { colorVersionSteps } from '../../domain/steps/blue-green/version'
import { scheduleSteps } from '../../domain/steps/events'
import { templateSteps } from '../../domain/steps/fleet'
import { outcomeOf, type ReadRecord } from '../../domain/steps/records'
import { type Fields, fieldsOf, textsOf } from './read-choice'
import { groupOf, type Stopped } from './stopped'

/** What the journal knows of a group: as it was, or as the operation has set it since. */
interface GroupState {
  readonly min?: number
  readonly desired?: number
  readonly max?: number
  readonly pin?: string | number
  readonly terminationPolicies?: readonly string[]
}

const stateIn = ({ template, terminationPolicies, ...values }: Fields): GroupState => {
  const number = (name: 'min' | 'desired' | 'max') => {
    const value = values[name]
    return typeof value === 'number' ? { [name]: value } : {}
  }
  const pin = values['pin'] ?? fieldsOf(template)['pin']
  return {
    ...number('min'),
    ...number('desired'),
    ...number('max'),
    ...((typeof pin === 'number' || typeof pin === 'string') && { pin }),
    ...(Array.isArray(terminationPolicies) && { terminationPolicies: textsOf(terminationPolicies) }),
  }
}

/** Groups as they were before the first change: as the plan found them, or as they were written down since. */
const groupsBefore = ({ operation: { plan, steps } }: Stopped): ReadonlyMap<string, GroupState> => {
  const colorsIn = (outcome: Json | undefined) => {
    const { components } = fieldsOf(outcome)
    return (Array.isArray(components) ? components : []).flatMap((component: Json) => {
      const { from, to } = fieldsOf(component)
      return [fieldsOf(from), fieldsOf(to)]
    })
  }
  const colors = [colorVersionSteps.snapshot, standbySteps.snapshot, keptColorSteps.snapshot]
  const known: readonly (readonly [unknown, GroupState])[] = [
    ...(plan?.colors?.components ?? []).flatMap(({ from, to }) =>
      [from, to].map(({ name, min, desired, max }) => [name, { min, desired, max }] as const),
    ),
    ...(plan?.group
      ? [[plan.group.name, { ...stateIn({ ...plan.group.before }), pin: plan.group.pin }] as const]
      : []),
    ...colors
      .flatMap((step) => colorsIn(outcomeOf(steps, step)))
      .map((group) => [group['name'], stateIn(group)] as const),
    [plan?.schedule?.group, stateIn(fieldsOf(fieldsOf(outcomeOf(steps, scheduleSteps.sizesDue))['was']))],
    [plan?.group?.name, stateIn(fieldsOf(outcomeOf(steps, templateSteps.snapshot)))],
  ]
  const before = new Map<string, GroupState>()
  for (const [name, state] of known) {
    if (typeof name === 'string') before.set(name, { ...before.get(name), ...state })
  }
  return before
}

/** Whether somebody else had resized the group first, so that nothing was asked for. */
const leftAlone = ({ record: { outcome } }: ReadRecord): boolean =>
  outcome === 'overtaken' || outcome === 'not begun'

/** The version that the fleet was moved to, by the plan or as it was made. */
const movedTo = ({ operation: { plan, steps } }: Stopped): number | undefined => {
  const target = plan?.template?.target
  const made = outcomeOf(steps, templateSteps.create)
  if (target?.how === 'existing') return target.number
  return typeof made === 'number' ? made : undefined
}

/** A group after one more step. Its desired capacity moves with instances that are taken out of it or put back. */
const stateAfter = (
  state: GroupState,
  { record, declaration: { effect, ends }, onWayBack }: ReadRecord,
  stopped: Stopped,
): GroupState => {
  const choice = fieldsOf(record.choice)
  if (effect === 'group') return { ...state, ...stateIn(choice) }
  if (effect === 'refresh') {
    // A refresh that succeeds leaves the group on its desired configuration (user guide, "Start an instance refresh").
    const pin = movedTo(stopped)
    const succeeded = ends && !onWayBack && record.state === 'done' && record.outcome !== 'interrupted'
    return succeeded && pin !== undefined ? { ...state, pin } : state
  }
  const { desired, ...rest } = state
  if (effect === 'standby') return rest
  const fewer = effect === 'termination' && choice['decrement'] === true ? 1 : 0
  return desired === undefined ? rest : { ...rest, desired: desired - fewer }
}

/** Groups whose sizes, template or termination policies are not as they were. A change that was only intended may have happened. */
export const changedGroups = (stopped: Stopped): readonly Reason[] => {
  const before = groupsBefore(stopped)
  const passed = stopped.committed ? ({ passed: true } as const) : {}
  const now = new Map<string, GroupState>()
  for (const read of stopped.records) {
    const group = groupOf(stopped, read)
    const happened = read.record.state === 'done' || read.record.state === 'intended'
    const touches = ['group', 'standby', 'termination', 'refresh'].includes(read.declaration.effect)
    if (group === undefined || !happened || !touches || leftAlone(read)) continue
    now.set(group, stateAfter(now.get(group) ?? before.get(group) ?? {}, read, stopped))
  }
  return [...now].flatMap(([group, is]) => {
    const was = before.get(group) ?? {}
    const resized = is.min !== was.min || is.desired !== was.desired || is.max !== was.max
    const { min, desired, max, terminationPolicies: names = [] } = is
    const ordered = was.terminationPolicies === undefined || names.join() === was.terminationPolicies.join()
    return [
      ...(is.pin !== was.pin
        ? [reason('left_group_template', { group, is: is.pin, was: was.pin, ...passed })]
        : []),
      ...(resized ? [reason('left_group_sizes', { group, min, desired, max })] : []),
      ...(ordered ? [] : [reason('left_changed', { group, what: 'termination policies', names })]),
    ]
  })
}

/** Instances of the version that the fleet was moved to, as they were seen last. */
export const newInstances = (stopped: Stopped): readonly Reason[] => {
  const { plan, fleet } = stopped.operation
  const version = movedTo(stopped)
  const instances = (fleet?.cells ?? [])
    .filter((cell) => version !== undefined && cell.version === version)
    .map(({ id }) => id)
  return instances.length > 0
    ? [reason('left_instances', { group: plan?.group?.name, instances, version: plan?.version })]
    : []
}
