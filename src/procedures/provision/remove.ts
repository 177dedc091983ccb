import { snapshot } from '../../domain/fleet/serving'
import type { ResourceKind } from '../../domain/provision/planned'
import type { RemovedKind } from '../../domain/provision/planned-teardown'
import type { Tags } from '../../domain/provision/resources'
import { reason } from '../../domain/reasons/reason'
import { removalSteps } from '../../domain/steps/provision'
import type { Step } from '../../domain/steps/step'
import { type Milliseconds, minute } from '../../domain/time/time'
import { again, done, failed, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { readFleet } from '../../facts/fleet/read-fleet'
import type { Answer } from '../../ports/refusal'
import type { Context } from '../context'

/** Resources that are taken away, by what owns them. */
export interface Removal {
  readonly run: Run
  readonly context: Context
  /** Whether a thing of these tags may be touched. */
  readonly owns: (thing: { readonly tags: Tags }) => boolean
}

/** Draining (300 s by default), shutting down, and what hooks may hold: longer than this a person should look at it. */
const drainTimeout: Milliseconds = 60 * minute
/** A deleted load balancer gives its interfaces back after minutes. */
const interfacesTimeout: Milliseconds = 30 * minute
const deletionTimeout: Milliseconds = 20 * minute

type Deletion = Step<'step', 'resource'>

interface Removing {
  readonly kind: ResourceKind | RemovedKind
  readonly name: string
  /** Its id and tags, as long as it is there. */
  readonly find: () => Promise<{ readonly id: string; readonly tags: Tags } | undefined>
  readonly remove: (id: string) => Promise<Answer<void, 'in-use' | 'protected'> | void>
}

/** Deletes a resource that is owned, until it is gone. One that is not owned is left alone, and fails the step. */
const remove = async (
  { run, owns }: Removal,
  step: Deletion,
  { kind, name, find, remove: call }: Removing,
): Promise<void> => {
  await run.step(step, {
    choose: () => ({ kind, name }),
    timeout: deletionTimeout,
    observe: async () => ((await find()) ? undefined : true),
    act: async () => {
      const found = await find()
      if (!found) return done(true)
      if (!owns(found)) return failed(reason('resource_not_own', { name }))
      const answer = await call(found.id)
      if (!answer || answer.ok) return waiting()
      return answer.reason.code === 'protected'
        ? failed(reason('balancer_protected', { name, aws: answer.reason.words }))
        : again
    },
  })
}

/** Takes a group to zero, waits until its instances have drained and ended, and deletes it without force. */
export const removeGroup = async (removal: Removal, name: string): Promise<void> => {
  const { run, context, owns } = removal
  const { groups } = context.account
  await run.step(removalSteps.toZero.at({ group: name }), {
    choose: () => ({ group: name }),
    observe: async () => {
      const group = await groups.describe(name, {})
      return !group || (group.min === 0 && group.desired === 0 && group.max === 0) ? true : undefined
    },
    act: async () => {
      const group = await groups.describe(name, {})
      if (!group) return done(true)
      if (!owns(group)) return failed(reason('resource_not_own', { name }))
      const kept = group.instances.filter((one) => one.protected).map(({ id }) => id)
      if (kept.length > 0) await groups.protect(name, kept, false)
      await groups.update(name, { min: 0, desired: 0, max: 0 })
      return waiting()
    },
  })
  const step = removalSteps.drained.at({ group: name })
  await run.wait(step, {
    timeout: drainTimeout,
    onTimeout: () => reason('timed_out', { step: step.label, after: drainTimeout }),
    poll: async (memory, freshness, { now }) => {
      const fleet = await readFleet(context.account, name, freshness)
      if (fleet) await run.show(snapshot(fleet, context.clock.now()))
      const left = fleet?.group.instances.length ?? 0
      if (left === 0) return done(true)
      const { min = 0, desired = 0, max = 0 } = fleet?.group ?? {}
      // What is told for a while may be what was before.
      const since = max === 0 ? undefined : typeof memory === 'number' ? memory : now
      const was = { min: 0, desired: 0, max: 0 }
      if (since !== undefined && now - since > minute)
        return failed(reason('sizes_changed', { group: name, was, is: { min, desired, max } }))
      return waiting({ detail: String(left) }, since ?? false)
    },
  })
  await remove(removal, removalSteps.deleteGroup.at({ group: name }), {
    kind: 'group',
    name,
    find: async () => {
      const group = await groups.describe(name, {})
      return group && group.status === undefined ? { id: name, tags: group.tags } : undefined
    },
    remove: () => groups.delete(name),
  })
  const gone = removalSteps.groupGone.at({ group: name })
  await run.wait(gone, {
    timeout: deletionTimeout,
    onTimeout: () => reason('timed_out', { step: gone.label, after: deletionTimeout }),
    poll: async (_memory, freshness) => ((await groups.describe(name, freshness)) ? waiting() : done(true)),
  })
}

export const removeListener = async (
  removal: Removal,
  { loadBalancer, port }: { readonly loadBalancer: string; readonly port: number },
  step: Deletion = removalSteps.deleteListener,
): Promise<void> => {
  const { listeners, loadBalancers } = removal.context.account
  await remove(removal, step, {
    kind: 'listener',
    name: `${loadBalancer}:${port}`,
    find: async () => {
      const balancer = await loadBalancers.named(loadBalancer)
      const all = balancer ? await listeners.of(balancer.arn) : []
      const found = all.find((one) => one.port === port)
      return found && { id: found.arn, tags: found.tags }
    },
    remove: (arn) => listeners.delete(arn),
  })
}

export const removeLoadBalancer = async (
  removal: Removal,
  name: string,
  step: Deletion = removalSteps.deleteBalancer,
): Promise<void> => {
  const { loadBalancers } = removal.context.account
  await remove(removal, step, {
    kind: 'load-balancer',
    name,
    find: async () => {
      const found = await loadBalancers.named(name)
      return found && { id: found.arn, tags: found.tags }
    },
    remove: (arn) => loadBalancers.delete(arn),
  })
}

export const removeTargetGroup = async (
  removal: Removal,
  name: string,
  step: Deletion = removalSteps.deleteTargetGroup,
): Promise<void> => {
  const { targetGroups } = removal.context.account
  await remove(removal, step, {
    kind: 'target-group',
    name,
    find: async () => {
      const found = await targetGroups.named(name)
      return found && { id: found.arn, tags: found.tags }
    },
    remove: (arn) => targetGroups.delete(arn),
  })
}

export const removeTemplate = async (
  removal: Removal,
  name: string,
  step: Deletion = removalSteps.deleteTemplate,
): Promise<void> => {
  const { templates } = removal.context.account
  await remove(removal, step, {
    kind: 'template',
    name,
    find: () => templates.named(name),
    remove: (id) => templates.delete(id),
  })
}

interface SecurityGroupSteps {
  readonly interfacesGone: Step<'wait'>
  readonly delete: Deletion
}

/** A security group, once the interfaces of a deleted load balancer, or of ended instances, have let go of it. */
export const removeSecurityGroup = async (
  removal: Removal,
  {
    kind,
    name,
    vpc,
  }: { readonly kind: ResourceKind | RemovedKind; readonly name: string; readonly vpc: string },
  steps: SecurityGroupSteps,
): Promise<void> => {
  const { run, context } = removal
  const { securityGroups } = context.account
  const find = async () => (await securityGroups.inVpc(vpc, [name]))[0]
  const step = steps.interfacesGone
  await run.wait(step, {
    timeout: interfacesTimeout,
    onTimeout: () => reason('timed_out', { step: step.label, after: interfacesTimeout }),
    interval: 10_000,
    poll: async () => {
      const found = await find()
      const left = found ? await securityGroups.interfaces(found.id) : []
      return left.length === 0 ? done(true) : waiting({ detail: left[0]?.description ?? '' })
    },
  })
  await remove(removal, steps.delete, {
    kind,
    name,
    find,
    remove: (id) => securityGroups.delete(id),
  })
}
