import { chooseImage } from '../images/choose-image'
import { versionIn } from '../images/image-names'
import { ownTag } from '../images/own'
import type { Service } from '../catalogue/catalogue'
import type { Group, ScalingPolicy, TemplateVersion } from '../fleet/fleet'
import { fingerprint } from '../operation/fingerprint'
import type { Plan, PlannedImage } from '../operation/plan'
import type { ImageFacts, Planned, PlannerInput } from '../operation/planning'
import { type Reason, reason } from '../reasons/reason'
import { failure, ok, type Result } from '../result'
import type { Blueprint } from './blueprint'
import {
  compareGroup,
  compareListener,
  compareLoadBalancer,
  comparePolicy,
  compareSecurityGroup,
  compareTargetGroup,
  type Comparison,
  trackingPolicy,
} from './compare'
import { provisionCalls, provisionTasks } from './estimate'
import { type FleetNetwork } from './network'
import { type PlannedProvision, type PlannedResource, type ResourceKind } from './planned'
import type { LaunchTemplate, Listener, LoadBalancer, SecurityGroup, Tags, TargetGroup } from './resources'
import { templateDifferences } from './template-data'

/** What AWS has of a blueprint's resources, by their names. */
export interface ProvisionFacts {
  readonly network: FleetNetwork
  readonly balancerGroup?: SecurityGroup
  readonly instanceGroup?: SecurityGroup
  readonly loadBalancer?: LoadBalancer
  readonly targetGroup?: TargetGroup
  readonly greenTargetGroup?: TargetGroup
  /** The load balancer's at the blueprint's port. */
  readonly listener?: Listener
  readonly template?: LaunchTemplate
  /** Its version that the group would launch. */
  readonly version?: TemplateVersion
  readonly group?: Group
  readonly greenGroup?: Group
  /** Name of the group that serves; the first one, where none is there yet. */
  readonly serving: string
  /** Of the group that serves. */
  readonly policies: readonly ScalingPolicy[]
  /** Instances that are targets of the target group. */
  readonly targets: readonly string[]
  readonly image: ImageFacts
  /** AWS's actions that the credentials lack the right to, where its dry run tells. */
  readonly unauthorized: readonly string[]
}

/** The names that a service with a blueprint has for what is built. */
export interface Named {
  readonly blueprint: Blueprint
  readonly template: string
  /** The only group, or blue's. */
  readonly group: string
  readonly green?: string
}

const hoursOfMonth = 730

/** The plan of making AWS what a blueprint says, resource by resource; or why that cannot be, or need not. Pure. */
export const planProvision = (
  input: PlannerInput,
  facts: ProvisionFacts,
  named: Named,
  { adopt }: { readonly adopt: boolean },
): Planned => {
  const { service } = input
  const { blueprint } = named
  if (facts.unauthorized.length > 0)
    return failure(
      reason('rights_missing', { actions: facts.unauthorized, policy: 'deploy/iam-policy.provision.json' }),
    )
  for (const group of [facts.group, facts.greenGroup])
    if (group?.status)
      return failure(reason('group_being_deleted', { group: group.name, status: group.status }))
  const image = facts.template ? undefined : chooseStart(service, blueprint, facts.image)
  if (image && !image.ok) return image
  const start = image?.value
  const compared = compareAll(facts, named, start)
  const judged = judge(compared, service.name, adopt)
  if (!judged.ok) return judged
  const resources = judged.value
  const isIdle = resources.every(({ state }) => state === 'there')
  if (isIdle) {
    const left = resources.flatMap(({ name, differences }) =>
      differences.map((one) => `${name}: ${one.attribute}`),
    )
    return failure(reason('fleet_complete', { service: service.name, group: named.group, left }))
  }
  const source = sourceOf(blueprint, facts.image)
  const provision: PlannedProvision = {
    resources,
    ...named,
    ...facts.network,
    ...(named.green !== undefined && {
      serving: facts.serving,
      ...(service.versionTag !== undefined && { versionTag: service.versionTag }),
    }),
    ...(source !== undefined && { source }),
    ...monthly(service, blueprint),
  }
  const planned: Omit<Plan, 'fingerprint'> = {
    service: service.name,
    version: versionOf(service, start, facts),
    ...(start && { image: start }),
    provision,
    confirm: true,
    tasks: provisionTasks(provision, start, service, input.history),
    calls: provisionCalls(provision, start),
    warnings: [],
  }
  return ok({ ...planned, fingerprint: fingerprint(planned) })
}

/** What the first instances start from: what is there, or what is baked of its source. */
const chooseStart = (service: Service, { instances }: Blueprint, facts: ImageFacts): Result<PlannedImage> => {
  const { image } = instances
  if ('bake' in image) {
    const { description } = service.image ?? {}
    const wanted = {
      ...service,
      image: { name: image.bake, from: image.from, ...(description && { description }) },
    }
    const chosen = chooseImage(wanted, { version: '', reboot: false }, facts)
    return chosen.ok && chosen.value.how === 'bake' ? ok({ ...chosen.value, tags: image.tags }) : chosen
  }
  if (image.use.startsWith('resolve:ssm:')) return ok({ how: 'use', id: image.use, name: image.use })
  const all = [...facts.named, ...(facts.foreign ?? [])]
  const ready = all.find(({ state }) => state === 'available')
  if (ready) return ok({ how: 'use', id: ready.id, name: ready.name })
  const pending = all.find(({ state }) => state === 'pending')
  return pending
    ? ok({ how: 'join', id: pending.id, name: pending.name })
    : failure(reason('image_not_found', { image: image.use, name: image.use }))
}

const sourceOf = ({ targetGroup, instances }: Blueprint, { sources }: ImageFacts): string | undefined =>
  targetGroup.registerSource && 'bake' in instances.image
    ? sources.find(({ state }) => state === 'running')?.id
    : undefined

/** What people call what is built: the version in the image's name, where its name has one. */
const versionOf = (service: Service, start: PlannedImage | undefined, facts: ProvisionFacts): string => {
  const name = start?.name ?? facts.image.named.find(({ id }) => id === facts.version?.imageId)?.name
  if (name === undefined) return ''
  return (service.image && versionIn(service.image.name, name)) ?? name
}

/** What the instances of a blueprint cost in a month, where the catalogue has their price. */
export const monthly = (
  { prices }: Service,
  { instances, group }: Blueprint,
): Pick<PlannedProvision, 'monthly'> => {
  const price = prices?.[instances.type]
  return price
    ? { monthly: { amount: price.amount * hoursOfMonth * group.desired, currency: price.currency } }
    : {}
}

/** A resource with what AWS has of it. */
interface Compared extends Comparison {
  readonly kind: ResourceKind
  readonly name: string
  readonly found?: { readonly id: string; readonly tags?: Tags }
}

const none: Comparison = { differences: [], unfit: [] }

const compareAll = (
  facts: ProvisionFacts,
  { blueprint, ...names }: Named,
  start: PlannedImage | undefined,
): readonly Compared[] => {
  const { balancerGroup, instanceGroup, loadBalancer, targetGroup, listener, template, version, group } =
    facts
  const { greenTargetGroup, greenGroup } = facts
  const { green: greenTargets } = blueprint.targetGroup
  const { instances, loadBalancer: balancer, targetGroup: targets } = blueprint
  const one = <Found>(
    kind: ResourceKind,
    name: string,
    found: Found | undefined,
    idOf: (found: Found) => { readonly id: string; readonly tags?: Tags },
    compare: (found: Found) => Comparison,
  ): Compared =>
    found === undefined ? { kind, name, ...none } : { kind, name, found: idOf(found), ...compare(found) }
  const byArn = ({ arn, tags }: { readonly arn: string; readonly tags: Tags }) => ({ id: arn, tags })
  const policy = trackingPolicy(blueprint)
  const foundPolicy = policy && facts.policies.find(({ name }) => name === policy.name)
  const { serving } = facts
  const bothServe = (group?.desired ?? 0) > 0 && (greenGroup?.desired ?? 0) > 0
  const ofGroup = () => ({ id: serving })
  /**
   * A color that is idle is at zero, and pinned while it is kept for a way back; where both have instances, a shift is under
   * way. What is there is right then.
   */
  const kept = (found: Group) => {
    if (found.name === serving && !bothServe) return {}
    const idle = { min: 0, desired: 0, max: blueprint.group.max }
    return {
      sizes: bothServe ? { min: found.min, desired: found.desired, max: found.max } : idle,
      pin: found.template?.pin ?? '',
    }
  }
  const groupOf = (
    kind: 'group' | 'green-group',
    name: string,
    found: Group | undefined,
    targets: { readonly found: TargetGroup | undefined; readonly name: string },
  ) =>
    one(
      kind,
      name,
      found,
      ({ tags }) => ({ id: name, tags }),
      (is) =>
        compareGroup(blueprint, is, {
          groupSubnets: facts.network.groupSubnets,
          template: names.template,
          targetGroup: targets.found?.arn,
          targetGroupName: targets.name,
          ...kept(is),
        }),
    )
  const metricsOf = (kind: 'metrics' | 'green-metrics', name: string, found: Group | undefined) =>
    one(
      kind,
      name,
      found?.metrics?.length ? found : undefined,
      () => ({ id: name }),
      () => none,
    )
  const source = sourceOf(blueprint, facts.image)
  // As the runbook does it: what takes minutes is begun first.
  return [
    ...(start && start.how !== 'use' ? [{ kind: 'image' as const, name: start.name, ...none }] : []),
    one(
      'balancer-security-group',
      balancer.securityGroup.name,
      balancerGroup,
      (group) => group,
      (group) => compareSecurityGroup(balancer.securityGroup, group, undefined),
    ),
    one('load-balancer', balancer.name, loadBalancer, byArn, (found) =>
      compareLoadBalancer(blueprint, found, facts.network, balancerGroup?.id),
    ),
    one('target-group', targets.name, targetGroup, byArn, (found) =>
      compareTargetGroup(blueprint, found, facts.network.vpc),
    ),
    ...(greenTargets === undefined
      ? []
      : [
          one('green-target-group', greenTargets, greenTargetGroup, byArn, (found) =>
            compareTargetGroup(blueprint, found, facts.network.vpc),
          ),
        ]),
    one('listener', `${balancer.name}:${balancer.listener.port}`, listener, byArn, (found) =>
      compareListener(blueprint, found, [
        targetGroup?.arn,
        ...(greenTargets === undefined ? [] : [greenTargetGroup?.arn]),
      ]),
    ),
    ...(source === undefined
      ? []
      : [
          one(
            'target',
            source,
            facts.targets.includes(source) ? source : undefined,
            (id) => ({ id }),
            () => none,
          ),
        ]),
    one(
      'instance-security-group',
      instances.securityGroup.name,
      instanceGroup,
      (group) => group,
      (group) => compareSecurityGroup(instances.securityGroup, group, balancerGroup?.id),
    ),
    one(
      'template',
      names.template,
      template,
      (found) => found,
      () => ({
        differences: version ? templateDifferences(blueprint, instanceGroup?.id, version.data) : [],
        unfit: [],
      }),
    ),
    groupOf('group', names.group, group, { found: targetGroup, name: targets.name }),
    ...(names.green === undefined
      ? []
      : [
          groupOf('green-group', names.green, greenGroup, {
            found: greenTargets === undefined ? targetGroup : greenTargetGroup,
            name: greenTargets ?? targets.name,
          }),
        ]),
    ...(blueprint.group.metrics
      ? [
          metricsOf('metrics', names.group, group),
          ...(names.green === undefined ? [] : [metricsOf('green-metrics', names.green, greenGroup)]),
        ]
      : []),
    ...(policy
      ? [one('policy', policy.name, foundPolicy, ofGroup, (found) => comparePolicy(policy, found))]
      : []),
  ]
}

/** What is done about each; a refusal names all that stand in the way. */
const judge = (
  compared: readonly Compared[],
  service: string,
  adopt: boolean,
): Result<readonly PlannedResource[]> => {
  const foreign = compared.filter(({ found }) => found?.tags && found.tags[ownTag.service] !== service)
  const unfit = compared.find((one) => one.unfit.length > 0)
  const owned = foreign.filter(({ found }) => found?.tags?.[ownTag.service] !== undefined)
  if (owned.length > 0) return failure(foreignReason(service, owned, false))
  if (unfit) return failure(unfitReason(unfit))
  if (foreign.length > 0 && !adopt) return failure(foreignReason(service, foreign, true))
  return ok(
    compared.map(({ kind, name, found, differences }): PlannedResource => {
      const fixes = differences.some(({ fixed }) => fixed)
      const state = foreign.some((one) => one.kind === kind) ? 'adopt' : fixes ? 'fix' : 'there'
      return found
        ? { kind, name, id: found.id, state, differences }
        : { kind, name, state: 'make', differences: [] }
    }),
  )
}

const foreignReason = (service: string, foreign: readonly Compared[], adoptable: boolean): Reason =>
  reason('resources_foreign', {
    service,
    names: foreign.map(({ name, found }) => {
      const owner = found?.tags?.[ownTag.service]
      return owner === undefined ? name : `${name} (${owner})`
    }),
    ...(adoptable && { adoptable }),
  })

const unfitReason = ({ name, unfit }: Compared): Reason =>
  reason('resource_unfit', {
    name,
    differences: unfit.map(({ attribute, is, wanted }) => `${attribute}: ${is || '–'} ≠ ${wanted || '–'}`),
  })
