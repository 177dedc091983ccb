import { defined } from '../../domain/defined'
import type { Service } from '../../domain/catalogue/catalogue'
import type { ImageFacts } from '../../domain/operation/planning'
import type { Group } from '../../domain/fleet/fleet'
import type { Blueprint } from '../../domain/provision/blueprint'
import { chooseNetwork, chooseVpc, type FleetNetwork } from '../../domain/provision/network'
import type { Named, ProvisionFacts } from '../../domain/provision/plan-provision'
import { ownTag } from '../../domain/images/own'
import { reason } from '../../domain/reasons/reason'
import { failure, ok, type Result } from '../../domain/result'
import type { Account } from '../../ports/account'
import type { Freshness } from '../../ports/freshness'

/** A service's blueprint with the names of what it builds, or that it has none. */
export const blueprintOf = ({ name, fleet, group, template, colors }: Service): Result<Named> => {
  const only = (names: string | readonly string[]) => (typeof names === 'string' ? names : names[0])
  const named =
    colors && 'blue' in colors ? { group: only(colors.blue), green: only(colors.green) } : { group }
  return fleet && named.group !== undefined && template !== undefined
    ? ok(defined({ blueprint: fleet, template, ...named, group: named.group }))
    : failure(reason('no_blueprint', { service: name }))
}

/** Never from what others have read: a plan is made of what is there now. */
const fresh: Freshness = {}

/** All that AWS has of a blueprint, or why it cannot be built there. Asks what may be made, and makes nothing. */
export const gatherProvision = async (
  service: Service,
  account: Account,
  named: Named,
): Promise<Result<ProvisionFacts>> => {
  const { blueprint } = named
  const network = await findNetwork(account, blueprint)
  if (!network.ok) return network
  const { vpc } = network.value
  const [groups, loadBalancer, targetGroup, template, group, image, greenTargetGroup, greenGroup] =
    await Promise.all([
      account.securityGroups.inVpc(vpc, securityGroupNames(blueprint)),
      account.loadBalancers.named(blueprint.loadBalancer.name),
      account.targetGroups.named(blueprint.targetGroup.name),
      account.templates.named(named.template),
      account.groups.describe(named.group, fresh),
      gatherImage(service, account, blueprint),
      blueprint.targetGroup.green === undefined
        ? undefined
        : account.targetGroups.named(blueprint.targetGroup.green),
      named.green === undefined ? undefined : account.groups.describe(named.green, fresh),
    ])
  const byGroup = await Promise.all(
    [group, greenGroup].map(async (one) => (one ? account.groups.policies(one.name) : [])),
  )
  const [ofBlue = [], ofGreen = []] = byGroup
  const greenServes = isGreenServing(group, greenGroup, ofBlue.length < ofGreen.length)
  const [listeners, targets, version] = await Promise.all([
    loadBalancer ? account.listeners.of(loadBalancer.arn) : [],
    targetGroup ? account.traffic.health(targetGroup.arn, fresh) : [],
    template && account.templates.version(template.id, blueprint.group.follows),
  ])
  const groupOf = (name: string) => groups.find((one) => one.name === name)
  const balancerGroup = groupOf(blueprint.loadBalancer.securityGroup.name)
  const facts = {
    network: network.value,
    balancerGroup,
    instanceGroup: groupOf(blueprint.instances.securityGroup.name),
    loadBalancer,
    targetGroup,
    greenTargetGroup,
    greenGroup,
    listener: listeners.find(({ port }) => port === blueprint.loadBalancer.listener.port),
    template,
    version,
    group,
    serving: greenServes ? (named.green ?? named.group) : named.group,
    policies: greenServes ? ofGreen : ofBlue,
    targets: targets.filter(({ state }) => state !== 'draining').map(({ instance }) => instance),
    image,
    unauthorized: await missingRights(account, service, named, vpc, { balancerGroup, template }),
  }
  return ok<ProvisionFacts>(defined(facts))
}

/** The color with instances; where both have some, it is the one that scales: a shift takes the policies across. */
const isGreenServing = (
  blue: Pick<Group, 'desired'> | undefined,
  green: Pick<Group, 'desired'> | undefined,
  scales: boolean,
): boolean => (green?.desired ?? 0) > 0 && ((blue?.desired ?? 0) === 0 || scales)

const findNetwork = async (account: Account, blueprint: Blueprint): Promise<Result<FleetNetwork>> => {
  const vpc = chooseVpc(blueprint, await account.networks.vpcs(blueprint.vpc))
  if (!vpc.ok) return vpc
  return chooseNetwork(blueprint, vpc.value, await account.networks.subnets(vpc.value.id))
}

const securityGroupNames = ({ instances, loadBalancer }: Blueprint): readonly string[] => [
  loadBalancer.securityGroup.name,
  instances.securityGroup.name,
]

const gatherImage = async (
  { image: own }: Service,
  { images }: Account,
  { instances: { image } }: Blueprint,
): Promise<ImageFacts> => {
  if ('use' in image) {
    if (image.use.startsWith('resolve:ssm:')) return { named: [], sources: [] }
    if (image.use.startsWith('ami-')) return { named: await images.byId([image.use]), sources: [] }
    const owners = own?.owners ?? []
    const [named, foreign] = await Promise.all([images.named(image.use), images.foreign(image.use, owners)])
    return { named, foreign: foreign.filter(({ owner = '' }) => owners.includes(owner)), sources: [] }
  }
  const [named, foreign, sources] = await Promise.all([
    images.named(image.bake),
    images.foreign(image.bake, own?.owners ?? []),
    'instance' in image.from
      ? images.instances([image.from.instance])
      : images.instancesTagged(image.from.tag),
  ])
  return { named, foreign, sources }
}

/** What EC2's dry run refuses of what is to be made. Elastic Load Balancing and Auto Scaling have none to ask. */
const missingRights = async (
  { securityGroups, templates }: Account,
  service: Service,
  { blueprint, template: name }: Named,
  vpc: string,
  found: { readonly balancerGroup: object | undefined; readonly template: object | undefined },
): Promise<readonly string[]> => {
  const { securityGroup } = blueprint.loadBalancer
  // The rights are for what is tagged in the call that makes it (deploy/iam-policy.provision.json): so is the dry run.
  const tags = { rollcall: 'managed', [ownTag.service]: service.name, [ownTag.operation]: 'dry-run' }
  const data = JSON.stringify({ InstanceType: blueprint.instances.type })
  const [group, launch] = await Promise.all([
    found.balancerGroup ? undefined : securityGroups.mayCreate({ ...securityGroup, vpc, tags }),
    found.template ? undefined : templates.mayCreate({ name, description: '', data, tags, token: name }),
  ])
  const isRefused = (answer: typeof group) => answer?.ok === false && answer.reason.code === 'unauthorized'
  return [
    ...(isRefused(group) ? ['ec2:CreateSecurityGroup'] : []),
    ...(isRefused(launch) ? ['ec2:CreateLaunchTemplate'] : []),
  ]
}
