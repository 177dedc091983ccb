import { orphaned, undeleted } from '../../domain/images/pruned'
import type { StepRecord } from '../../domain/operation/operation'
import { type Reason, reason } from '../../domain/reasons/reason'
import type { Effect } from '../../domain/steps/effects'
import { fixSteps, provisionSteps, removalSteps, teardownSteps } from '../../domain/steps/provision'
import { type ReadRecord, recordsOf } from '../../domain/steps/records'
import { changedGroups, newInstances } from './groups'
import { chosen, textOf, textsOf } from './read-choice'
import { groupOf, type Stopped } from './stopped'

/** What is left of one effect, by the records of the steps that have it, oldest first. */
type Left = (stopped: Stopped, reads: readonly ReadRecord[]) => readonly Reason[]

const isDone = ({ record }: ReadRecord): boolean => record.state === 'done'
const isThere = (read: ReadRecord): boolean => isDone(read) && !read.onWayBack
const ends = ({ declaration }: ReadRecord): boolean => declaration.ends
const starts = (read: ReadRecord): boolean => !ends(read)

/** Only where nothing was put back: what runs in AWS still ends by itself otherwise. */
const ifInterrupted =
  (left: Left): Left =>
  (stopped, reads) =>
    stopped.interrupted ? left(stopped, reads) : []

/** Where not everything was put back, or the last steps of what had passed are missing. */
const unlessComplete =
  (left: Left): Left =>
  (stopped, reads) =>
    stopped.restored && !stopped.committed ? [] : left(stopped, reads)

/** Only where something could not be put back, and it is not what serves by now. */
const unlessRestored =
  (left: Left): Left =>
  (stopped, reads) =>
    stopped.restored || stopped.committed ? [] : left(stopped, reads)

const images: Left = ({ operation: { plan }, committed, because }, reads) =>
  committed
    ? []
    : reads.filter(isThere).flatMap(({ record }) => {
        const image = textOf(record.outcome)
        const name = plan?.image?.how === 'bake' ? plan.image.name : image
        const unusable = because === 'image_failed' && { unusable: 'failed' }
        return image === undefined ? [] : [reason('left_image', { image, name, ...unusable })]
      })

/** Versions that nothing launches from any more: where not all was put back, something may. */
const versions: Left = ({ operation: { plan }, restored, committed }, reads) => {
  const templateOf = ({ scope }: ReadRecord) => scope.template ?? plan?.template?.name
  const deleted = new Set(reads.filter((read) => ends(read) && isDone(read)).map(templateOf))
  return restored && !committed
    ? reads
        .filter((read) => starts(read) && isThere(read) && !deleted.has(templateOf(read)))
        .flatMap((read) => {
          const version = read.record.outcome
          const facts = {
            template: templateOf(read),
            version: typeof version === 'number' ? version : undefined,
          }
          return facts.version === undefined ? [] : [reason('left_template_version', facts)]
        })
    : []
}

/** Defaults that were moved and what they stand for does not serve; or that were not, and it does. */
const defaults: Left = ({ operation: { plan }, committed }, reads) =>
  reads
    .filter((read) => (committed ? !isDone(read) : isThere(read)))
    .map((read) => {
      const { template } = read.scope
      const of = plan?.colors?.components.find((one) => one.template?.name === template)?.template
      const name = template ?? plan?.template?.name
      const was = template === undefined ? plan?.template?.default : of?.default
      const chose = chosen(read, 'version')
      const version = typeof chose === 'number' ? chose : undefined
      return committed
        ? reason('left_default_behind', { template: name, is: was, serves: version })
        : reason('left_template_default', { template: name, was, is: version })
    })

const refreshes: Left = (stopped, reads) => {
  const ended = reads.some((read) => ends(read) && isDone(read) && read.record.outcome !== 'interrupted')
  const last = reads.findLast((read) => starts(read) && isDone(read))
  return last && !ended
    ? [reason('left_refresh', { group: groupOf(stopped, last), refresh: textOf(last.record.outcome) })]
    : []
}

/**
 * What steps put somewhere in a group, less what later ones took out of there again, by the group. What an operation
 * found there, took out and put back is as it was.
 */
const remaining = (
  stopped: Stopped,
  reads: readonly ReadRecord[],
  field: string,
  counts: (read: ReadRecord) => boolean,
): readonly (readonly [string | undefined, readonly string[]])[] => {
  const left = new Map<string | undefined, Set<string>>()
  const found = new Set<string>()
  for (const read of reads) {
    const group = groupOf(stopped, read)
    const known = left.get(group) ?? new Set()
    left.set(group, known)
    for (const one of textsOf(chosen(read, field))) {
      const name = JSON.stringify([group, one])
      if (starts(read) && counts(read) && !found.has(name)) known.add(one)
      if (!ends(read) || !isDone(read)) continue
      if (!known.delete(one)) found.add(name)
    }
  }
  return [...left].flatMap(([group, names]) => (names.size > 0 ? [[group, [...names]] as const] : []))
}

/** What was made of a fleet and not removed: it may be kept for a second try, so each thing is told. */
const resources: Left = ({ committed }, reads) => {
  const made = new Map<string, Reason>()
  for (const read of reads) {
    const kind = textOf(chosen(read, 'kind'))
    const name = textOf(chosen(read, 'name'))
    if (kind === undefined || name === undefined) continue
    if (starts(read) && read.record.state !== 'failed')
      made.set(kind, reason('left_resource', { what: kind, name, id: textOf(read.record.outcome) }))
    else if (ends(read) && isDone(read)) made.delete(kind)
  }
  return committed ? [] : [...made.values()]
}

/** What a build had fixed in place, where it stood before: what was asked for is not taken back with what was made. */
const fixed: Left = ({ operation: { steps }, committed }, reads) => {
  const made = new Set(reads.filter(starts).map((read) => textOf(chosen(read, 'name'))))
  const changes = [
    ...Object.values(fixSteps),
    provisionSteps.allow,
    provisionSteps.collectMetrics,
    provisionSteps.putPolicy,
  ]
  const names = changes
    .flatMap((step) => recordsOf(steps, step))
    .filter((read) => isDone(read) && !read.onWayBack)
    .flatMap(
      (read) => ['name', 'group', 'template'].map((field) => textOf(chosen(read, field))).find(Boolean) ?? [],
    )
    .filter((name) => !made.has(name))
  return committed || names.length === 0 ? [] : [reason('left_fixed', { names: [...new Set(names)] })]
}

/** What AWS has refused, it surely has not done. */
const wasNotDone = ({ failure }: StepRecord): boolean => failure?.code === 'aws_refused'

/** What a teardown has not come to, once it has taken anything away; nothing was touched before that. */
const standing: Left = ({ operation: { plan, steps } }, reads) => {
  const { resources = [] } = plan?.teardown ?? {}
  const gone = new Set(
    reads
      .filter((read) => ends(read) && isDone(read))
      .map((read) => `${textOf(chosen(read, 'kind'))} ${textOf(chosen(read, 'name'))}`),
  )
  const emptying = [removalSteps.toZero, teardownSteps.deleteAction, teardownSteps.deletePolicy]
  const emptied = (group: string) =>
    emptying.some((step) =>
      recordsOf(steps, step).some(({ scope, record }) => scope.group === group && !wasNotDone(record)),
    )
  const left = resources.filter(({ kind, name }) => !gone.has(`${kind} ${name}`))
  const groups = left.filter(({ kind, name }) => kind === 'group' && emptied(name))
  if (gone.size === 0 && groups.length === 0) return []
  return left
    .filter(({ kind }) => kind !== 'policy' && kind !== 'scheduled-action')
    .map(({ kind, name, id }) =>
      kind === 'group' && emptied(name)
        ? reason('left_emptied', { group: name })
        : reason('left_standing', { what: kind, name, ...(id !== name && { id }) }),
    )
}

/** After what had passed, what AWS refused is still to be done, by hand. */
const stillToDo =
  (left: (read: ReadRecord, stopped: Stopped) => Reason): Left =>
  (stopped, reads) =>
    stopped.committed
      ? reads.filter(({ record }) => record.state === 'failed').map((read) => left(read, stopped))
      : []

const groupBehind = stillToDo((read, stopped) => {
  const number = (name: string) => {
    const value = chosen(read, name)
    return typeof value === 'number' ? value : undefined
  }
  const sizes = { min: number('min'), desired: number('desired'), max: number('max') }
  return reason('left_group_behind', { group: groupOf(stopped, read), ...sizes })
})

const routeBehind = stillToDo((read) =>
  reason('left_weights', { routes: [textOf(chosen(read, 'route'))].filter((route) => route !== undefined) }),
)

const tagBehind = stillToDo((read, stopped) =>
  reason('left_changed', {
    group: groupOf(stopped, read),
    what: 'tags',
    names: [textOf(chosen(read, 'tag'))].filter((tag) => tag !== undefined),
  }),
)

const both =
  (one: Left, other: Left): Left =>
  (stopped, reads) => [...one(stopped, reads), ...other(stopped, reads)]

const always = () => true

/** What was gone by then, or AWS did not allow to be changed, is as it was. */
const wasHeld = ({ record: { outcome } }: ReadRecord): boolean => outcome !== 'gone' && outcome !== 'denied'

/** Routes that send traffic to the color that came up: shifted, and not given back. */
const routes: Left = (_stopped, reads) => {
  const shifted = new Set<string>()
  for (const read of reads) {
    const route = textOf(chosen(read, 'route'))
    if (route === undefined) continue
    const share = chosen(read, 'to')
    if (typeof share === 'number' && share > 0) shifted.add(route)
    else if (isDone(read)) shifted.delete(route)
  }
  return shifted.size > 0 ? [reason('left_weights', { routes: [...shifted] })] : []
}

/** What else of a group was changed on the way there, by name, and was not changed on the way back. */
const changed =
  (what: 'policies' | 'actions' | 'tags', nameOf: (read: ReadRecord) => string | undefined): Left =>
  (stopped, reads) => {
    const last = new Map<string, ReadRecord>()
    for (const read of reads) {
      if (read.record.state === 'failed' || read.record.outcome === 'passed') continue
      last.set(JSON.stringify([groupOf(stopped, read), nameOf(read)]), read)
    }
    const left = [...last.values()].filter((read) => !(read.onWayBack && isDone(read)))
    return [...new Set(left.map((read) => groupOf(stopped, read)))].map((group) => {
      const changes = left.filter((read) => groupOf(stopped, read) === group)
      return reason('left_changed', { group, what, names: changes.flatMap((read) => nameOf(read) ?? []) })
    })
  }

/**
 * What each effect leaves in AWS: total over the effects, so that a step with a new one does not compile until it is
 * said here what becomes of it. In the order in which it is told.
 */
const leftBy: { readonly [effect in Effect]: Left } = {
  none: () => [],
  refresh: ifInterrupted(refreshes),
  'template default': unlessComplete(defaults),
  group: both(
    unlessComplete((stopped) => [
      ...changedGroups(stopped),
      ...(stopped.committed || stopped.fleetRestored ? [] : newInstances(stopped)),
    ]),
    groupBehind,
  ),
  protection: unlessComplete((stopped, reads) =>
    remaining(stopped, reads, 'instances', isDone).map(([group, instances]) =>
      reason('left_protected', { group, instances }),
    ),
  ),
  traffic: both(unlessRestored(routes), routeBehind),
  standby: unlessRestored((stopped, reads) =>
    remaining(stopped, reads, 'instances', always).map(([group, instances]) =>
      reason('left_standby', { group, instances }),
    ),
  ),
  suspension: unlessRestored((stopped, reads) =>
    remaining(stopped, reads, 'processes', wasHeld).map(([group, processes]) =>
      reason('left_suspended', { group, processes }),
    ),
  ),
  'scale-in': unlessRestored((stopped, reads) =>
    remaining(stopped, reads, 'policies', wasHeld).map(([group, policies]) =>
      reason('left_scale_ins_held', { group, policies }),
    ),
  ),
  policy: unlessRestored(changed('policies', (read) => textOf(chosen(read, 'name')))),
  action: unlessRestored(changed('actions', (read) => textOf(chosen(read, 'name')))),
  tag: both(unlessRestored(changed('tags', (read) => textOf(chosen(read, 'tag')))), tagBehind),
  image: images,
  'template version': versions,
  // The group has replaced them by itself; those that came for them are told of with the group.
  termination: () => [],
  resource: (stopped, reads) => [
    ...resources(stopped, reads),
    ...fixed(stopped, reads),
    ...standing(stopped, reads),
  ],
  deletion: ({ operation }) => [...undeleted(operation), ...orphaned(operation)],
}

/** Everything that a stopped operation leaves in AWS. */
export const leftIn = (stopped: Stopped): readonly Reason[] =>
  Object.entries(leftBy).flatMap(([effect, left]) =>
    left(
      stopped,
      stopped.records.filter(({ declaration }) => declaration.effect === effect),
    ),
  )
