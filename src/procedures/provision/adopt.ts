import { ownTag } from '../../domain/images/own'
import type { PlannedProvision } from '../../domain/provision/planned'
import { provisionSteps } from '../../domain/steps/provision'
import type { Build } from './make'

/**
 * Takes over what bears the blueprint's names and is nobody's, by the service's tag. Not by the operation's: a way back
 * removes what the operation made, and this was there before it.
 */
export const adoptAll = async (build: Build, { resources }: PlannedProvision): Promise<void> => {
  const { account, service } = build.context
  const tags = { rollcall: 'managed', [ownTag.service]: service.name }
  for (const { kind, name, id, state } of resources) {
    if (state !== 'adopt' || id === undefined) continue
    await build.run.step(provisionSteps.adopt.at({ resource: kind }), {
      choose: () => ({ kind, name, id }),
      observe: async () => undefined,
      act: async () => {
        if (kind === 'group') await account.groups.tag(id, tags, { propagate: false })
        else await account.tagging.tag(id, tags)
        return { kind: 'done', outcome: true }
      },
    })
  }
}
