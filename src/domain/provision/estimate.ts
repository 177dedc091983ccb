import type { Service } from '../catalogue/catalogue'
import { expectedTasks } from '../operation/expected-durations'
import type { Operation } from '../operation/operation'
import type { PlannedImage, PlannedTask } from '../operation/plan'
import { type Milliseconds, minute, second } from '../time/time'
import type { PlannedProvision, ResourceKind } from './planned'

const bakeTime: Milliseconds = 5 * minute
/** Two to three minutes until a load balancer is active; the image is baked meanwhile. */
const balancerTime: Milliseconds = 3 * minute
/** First boot, registration and the first passing checks. */
const bootTime: Milliseconds = 4 * minute

const stateOf = ({ resources }: PlannedProvision, kind: ResourceKind) =>
  resources.find((resource) => resource.kind === kind)?.state

/** The tasks of a provision with how long each takes; the load balancer comes up beside the instances. */
export const provisionTasks = (
  provision: PlannedProvision,
  image: PlannedImage | undefined,
  service: Service,
  history: readonly Operation[],
): readonly PlannedTask[] => {
  const changes = (...kinds: readonly ResourceKind[]) =>
    kinds.some((kind) => !['there', undefined].includes(stateOf(provision, kind)))
  const task = (name: PlannedTask['name'], expected: Milliseconds): PlannedTask => ({ name, expected })
  const bakes = image !== undefined && image.how !== 'use'
  const builds = stateOf(provision, 'group') === 'make'
  const provisioning =
    stateOf(provision, 'load-balancer') === 'make' ? balancerTime - (bakes ? bakeTime : 0) : 0
  const serves = builds ? Math.max(bootTime, provisioning) + service.gate.bake : 5 * second
  return expectedTasks(
    [
      ...(image ? [task('image', bakes ? bakeTime : second)] : []),
      ...(changes('balancer-security-group', 'instance-security-group') ? [task('network', 5 * second)] : []),
      ...(changes('load-balancer', 'target-group', 'green-target-group', 'listener', 'target')
        ? [task('balancer', 5 * second)]
        : []),
      ...(changes('template') ? [task('template', 2 * second)] : []),
      ...(changes('group', 'green-group', 'metrics', 'green-metrics', 'policy')
        ? [task('group', 5 * second)]
        : []),
      task('health', serves),
    ],
    // What was fixed in place says nothing of how long a group takes to come up.
    history.filter(
      ({ plan }) =>
        (plan?.image !== undefined && plan.image.how !== 'use') === bakes &&
        plan?.provision !== undefined &&
        (stateOf(plan.provision, 'group') === 'make') === builds,
    ),
  )
}

const makingCalls: Readonly<Record<ResourceKind, readonly string[]>> = {
  'balancer-security-group': ['CreateSecurityGroup', 'AuthorizeSecurityGroupIngress'],
  'instance-security-group': ['CreateSecurityGroup', 'AuthorizeSecurityGroupIngress'],
  'load-balancer': ['CreateLoadBalancer'],
  'target-group': ['CreateTargetGroup'],
  'green-target-group': ['CreateTargetGroup'],
  listener: ['CreateListener'],
  image: [],
  template: ['CreateLaunchTemplate'],
  group: ['CreateAutoScalingGroup'],
  'green-group': ['CreateAutoScalingGroup'],
  metrics: ['EnableMetricsCollection'],
  'green-metrics': ['EnableMetricsCollection'],
  policy: ['PutScalingPolicy'],
  target: ['RegisterTargets'],
}
const fixingCalls: Readonly<Record<ResourceKind, readonly string[]>> = {
  ...makingCalls,
  'balancer-security-group': ['AuthorizeSecurityGroupIngress'],
  'instance-security-group': ['AuthorizeSecurityGroupIngress'],
  'load-balancer': ['SetSecurityGroups', 'SetSubnets'],
  'target-group': ['ModifyTargetGroup'],
  'green-target-group': ['ModifyTargetGroup'],
  template: ['CreateLaunchTemplateVersion', 'ModifyLaunchTemplate'],
  group: ['UpdateAutoScalingGroup'],
  'green-group': ['UpdateAutoScalingGroup'],
}

const taggingCall = (kind: ResourceKind): string => {
  if (kind === 'group' || kind === 'green-group') return 'CreateOrUpdateTags'
  return /^(load-balancer|listener|(green-)?target-group)$/.test(kind) ? 'AddTags' : 'CreateTags'
}

/** AWS actions that change something, in order, for people to read. */
export const provisionCalls = (
  { resources }: PlannedProvision,
  image: PlannedImage | undefined,
): readonly string[] => [
  ...new Set([
    ...(image?.how === 'bake' ? ['CreateImage'] : []),
    ...resources.flatMap(({ kind, state, differences }) => {
      if (state === 'make') return makingCalls[kind]
      const fixed = differences.some((one) => one.fixed) ? fixingCalls[kind] : []
      return state === 'adopt' ? [taggingCall(kind), ...fixed] : state === 'fix' ? fixed : []
    }),
  ]),
]
