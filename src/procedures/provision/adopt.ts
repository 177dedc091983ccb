import { ownTag } from '../../domain/images/own'
import type { Blueprint } from '../../domain/provision/blueprint'
import type { PlannedProvision, PlannedResource, ResourceKind } from '../../domain/provision/planned'
import type { Tags } from '../../domain/provision/resources'
import { provisionSteps } from '../../domain/steps/provision'
import type { Build } from './make'

/**
 * Takes over what bears the blueprint's names and is nobody's, by the service's tag. Not by the operation's: a way back
 * removes what the operation made, and this was there before it.
 */
export const adoptAll = async (build: Build, { resources, blueprint }: PlannedProvision): Promise<void> => {
  const { account, service } = build.context
  const tags = { rollcall: 'managed', [ownTag.service]: service.name }
  for (const { kind, name, id, state } of resources) {
    if (state !== 'adopt' || id === undefined) continue
    await build.run.step(provisionSteps.adopt.at({ resource: kind }), {
      choose: () => ({ kind, name, id }),
      observe: async () => {
        const found = await tagsOf(build, blueprint, { kind, name, id })
        return found?.[ownTag.service] === service.name ? true : undefined
      },
      act: async () => {
        if (isGroup(kind)) await account.groups.tag(id, tags, { propagate: false })
        else await account.tagging.tag(id, tags)
        return { kind: 'done', outcome: true }
      },
    })
  }
}

const isGroup = (kind: ResourceKind): boolean => kind === 'group' || kind === 'green-group'

/** The tags of what is there: by them it is seen whether it is taken over, and whether AWS answers at all. */
const tagsOf = async (
  { context: { account, service } }: Build,
  { loadBalancer }: Blueprint,
  { kind, name, id }: Pick<PlannedResource, 'kind' | 'name' | 'id'>,
): Promise<Tags | undefined> => {
  if (isGroup(kind)) return (await account.groups.describe(name, {}))?.tags
  switch (kind) {
    case 'template':
      return (await account.templates.named(name))?.tags
    case 'load-balancer':
      return (await account.loadBalancers.named(name))?.tags
    case 'target-group':
    case 'green-target-group':
      return (await account.targetGroups.named(name))?.tags
    case 'listener': {
      const balancer = await account.loadBalancers.named(loadBalancer.name)
      const listeners = balancer ? await account.listeners.of(balancer.arn) : []
      return listeners.find(({ arn }) => arn === id)?.tags
    }
    default: {
      const owned = await account.securityGroups.tagged(ownTag.service, service.name)
      return owned.find((group) => group.id === id)?.tags
    }
  }
}
