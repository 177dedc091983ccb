import type { SecurityGroupBlueprint } from '../../domain/provision/blueprint'
import { isSameRule, ruleOf } from '../../domain/provision/compare'
import { type PlannedProvision, resourceOf } from '../../domain/provision/planned'
import { provisionSteps } from '../../domain/steps/provision'
import { type Build, make, managedTags, settle } from './make'

type GroupKind = 'balancer-security-group' | 'instance-security-group'

/** A security group with the rules of its blueprint; what else it lets in stays. Gives its id. */
export const ensureSecurityGroup = async (
  build: Build,
  provision: PlannedProvision,
  kind: GroupKind,
  balancerGroup?: string,
): Promise<string> => {
  const { securityGroups } = build.context.account
  const { instances, loadBalancer } = provision.blueprint
  const wanted: SecurityGroupBlueprint = (kind === 'instance-security-group' ? instances : loadBalancer)
    .securityGroup
  const { name, description } = wanted
  const { vpc } = provision
  const find = async () => (await securityGroups.inVpc(vpc, [name]))[0]
  const planned = resourceOf(provision, kind)
  const id =
    planned?.id ??
    (await make(build, provisionSteps.createSecurityGroup.at({ resource: kind }), {
      kind,
      name,
      find,
      idOf: (found) => found.id,
      create: () => securityGroups.create({ name, description, vpc, tags: managedTags(build.context) }),
    }))
  if (planned?.state === 'there' || wanted.allow.length === 0) return id
  const rules = wanted.allow.flatMap((allowed) => ruleOf(allowed, balancerGroup) ?? [])
  const missing = async () => {
    const found = await find()
    return rules.filter((rule) => !found?.ingress.some((one) => isSameRule(one, rule)))
  }
  await settle(
    build,
    provisionSteps.allow.at({ resource: kind }),
    { name, id },
    async () => (await missing()).length === 0,
    async () => securityGroups.allow(id, await missing()),
  )
  return id
}
