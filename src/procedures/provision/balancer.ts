import { protocolOf } from '../../domain/provision/compare'
import { type PlannedProvision, resourceOf } from '../../domain/provision/planned'
import { fixSteps, provisionSteps } from '../../domain/steps/provision'
import { type Build, make, managedTags, settle } from './make'

/** The load balancer: it provisions for minutes, while all else is made. Gives its ARN. */
export const ensureLoadBalancer = async (
  build: Build,
  provision: PlannedProvision,
  securityGroup: string,
): Promise<string> => {
  const { loadBalancers } = build.context.account
  const { name, scheme } = provision.blueprint.loadBalancer
  const subnets = provision.balancerSubnets
  const planned = resourceOf(provision, 'load-balancer')
  const find = () => loadBalancers.named(name)
  if (planned?.id === undefined)
    return make(build, provisionSteps.createBalancer, {
      kind: 'load-balancer',
      name,
      find,
      idOf: ({ arn }) => arn,
      create: () =>
        loadBalancers.create({
          name,
          scheme,
          subnets,
          securityGroups: [securityGroup],
          tags: managedTags(build.context),
        }),
    })
  const arn = planned.id
  const isSame = (is: readonly string[] = [], wanted: readonly string[]) =>
    is.length === wanted.length && wanted.every((id) => is.includes(id))
  if (planned.differences.some(({ fixed }) => fixed))
    await settle(
      build,
      fixSteps.balancer,
      { name, arn, subnets, securityGroup },
      async () => {
        const found = await find()
        return isSame(found?.subnets, subnets) && isSame(found?.securityGroups, [securityGroup])
      },
      async () => {
        await loadBalancers.setSecurityGroups(arn, [securityGroup])
        await loadBalancers.setSubnets(arn, subnets)
      },
    )
  return arn
}

type TargetKind = 'target-group' | 'green-target-group'

/** A target group, with its health check. Gives its ARN. */
export const ensureTargetGroup = async (
  build: Build,
  provision: PlannedProvision,
  kind: TargetKind = 'target-group',
): Promise<string> => {
  const { targetGroups } = build.context.account
  const { name: first, green = first, port, path } = provision.blueprint.targetGroup
  const isGreen = kind === 'green-target-group'
  const name = isGreen ? green : first
  const planned = resourceOf(provision, kind)
  const find = () => targetGroups.named(name)
  if (planned?.id === undefined)
    return make(build, isGreen ? provisionSteps.createGreenTargetGroup : provisionSteps.createTargetGroup, {
      kind,
      name,
      find,
      idOf: ({ arn }) => arn,
      create: () =>
        targetGroups.create({
          name,
          port,
          vpc: provision.vpc,
          protocol: 'HTTP',
          protocolVersion: 'HTTP1',
          healthCheck: { path },
          tags: managedTags(build.context),
        }),
    })
  const arn = planned.id
  if (planned.differences.some(({ fixed }) => fixed))
    await settle(
      build,
      isGreen ? fixSteps.greenTargetGroup : fixSteps.targetGroup,
      { name, arn, path },
      async () => (await find())?.healthCheck.path === path,
      () => targetGroups.setHealthCheck(arn, { path }),
    )
  return arn
}

/** The listener, before there are targets: without one they are `unused`, and their health stays unknown. */
export const ensureListener = async (
  build: Build,
  provision: PlannedProvision,
  balancer: string,
  targetGroup: string,
): Promise<void> => {
  const { listeners } = build.context.account
  const { blueprint } = provision
  const { port, certificate } = blueprint.loadBalancer.listener
  const planned = resourceOf(provision, 'listener')
  if (!planned || planned.id !== undefined) return
  await make(build, provisionSteps.createListener, {
    kind: 'listener',
    name: planned.name,
    find: async () => (await listeners.of(balancer)).find((one) => one.port === port),
    idOf: ({ arn }) => arn,
    create: () =>
      listeners.create({
        loadBalancer: balancer,
        port,
        protocol: protocolOf(blueprint),
        ...(certificate !== undefined && { certificate }),
        targetGroup,
        tags: managedTags(build.context),
      }),
  })
}

/** The instance that the image is made of, as one more target. */
export const registerSource = async (
  build: Build,
  provision: PlannedProvision,
  targetGroup: string,
): Promise<void> => {
  const { source } = provision
  if (source === undefined || resourceOf(provision, 'target')?.state !== 'make') return
  const { targetGroups, traffic } = build.context.account
  build.ask('target')
  await settle(
    build,
    provisionSteps.registerSource,
    { instance: source, targetGroup },
    async () => (await traffic.health(targetGroup, {})).some(({ instance }) => instance === source),
    () => targetGroups.register(targetGroup, [source]),
  )
}
