import { ownTag } from '../../domain/images/own'
import type { Request } from '../../domain/operation/request'
import { planTeardown } from '../../domain/provision/plan-teardown'
import type { RemovedResource } from '../../domain/provision/planned-teardown'
import { reason } from '../../domain/reasons/reason'
import { pruneSteps } from '../../domain/steps/images'
import { teardownSteps } from '../../domain/steps/provision'
import { gatherTeardown } from '../../facts/provision/gather-teardown'
import { namingRights } from '../../facts/provision/denied'
import { ok } from '../../domain/result'
import { recentSuccesses } from '../../facts/recent-operations'
import { planned, type Runbook } from '../context'
import { deleteScalingPolicy, deleteScheduledAction } from '../fleet/group/delete-scaling'
import { deleteImage, deleteSnapshot, type Pruning } from '../images/deletions'
import {
  removeGroup,
  removeListener,
  removeLoadBalancer,
  removeSecurityGroup,
  removeTargetGroup,
  removeTemplate,
  type Removal,
} from './remove'

type Teardown = Extract<Request, { procedure: 'teardown' }>

/**
 * `/asg teardown <service>`: takes away what carries the service's tag, the other way round from how it was built. A group
 * drains to zero before it goes. There is no way back; images, snapshots and log groups stay unless they were asked for.
 */
export const teardown: Runbook<Teardown> = {
  async plan({ images = false }, context) {
    const [facts, history] = await Promise.all([
      namingRights(async () => ok(await gatherTeardown(context))),
      recentSuccesses(context, 'teardown'),
    ])
    return facts.ok ? planTeardown({ service: context.service, history }, facts.value, { images }) : facts
  },

  async run(run, context) {
    const { resources } = planned(context.plan.teardown, 'teardown')
    const { name: service } = context.service
    const removal: Removal = { run, context, owns: ({ tags }) => tags[ownTag.service] === service }
    for (const resource of resources) await takeDown(removal, resource)
    await deleteImages(removal)
  },
}

/** Each is looked for again and left alone where it does not carry the tag any more. */
const takeDown = async (removal: Removal, { kind, name, of = '' }: RemovedResource): Promise<void> => {
  const { run, context } = removal
  const at = { resource: name }
  switch (kind) {
    case 'scheduled-action':
      return deleteScheduledAction(run, context, teardownSteps.deleteAction.at({ group: of, action: name }), {
        group: of,
        name,
      })
    case 'policy':
      return deleteScalingPolicy(run, context, teardownSteps.deletePolicy.at({ group: of, policy: name }), {
        group: of,
        name,
      })
    case 'group':
      return removeGroup(removal, name)
    case 'listener':
      return removeListener(removal, endpointOf(name), teardownSteps.deleteListener.at(at))
    case 'load-balancer':
      return removeLoadBalancer(removal, name, teardownSteps.deleteBalancer.at(at))
    case 'target-group':
      return removeTargetGroup(removal, name, teardownSteps.deleteTargetGroup.at(at))
    case 'template':
      return removeTemplate(removal, name, teardownSteps.deleteTemplate.at(at))
    case 'security-group':
      return removeSecurityGroup(
        removal,
        { kind, name, vpc: of },
        {
          interfacesGone: teardownSteps.interfacesGone.at(at),
          delete: teardownSteps.deleteSecurityGroup.at(at),
        },
      )
    default:
      return kind satisfies never
  }
}

/** A listener is called by its load balancer and its port. */
const endpointOf = (name: string): { readonly loadBalancer: string; readonly port: number } => {
  const at = name.lastIndexOf(':')
  return { loadBalancer: name.slice(0, at), port: Number(name.slice(at + 1)) }
}

/** The images that were asked for, once nothing of the fleet needs them; what others need stays, and is told. */
const deleteImages = async ({ run, context }: Removal): Promise<void> => {
  const { prune } = context.plan
  if (!prune) return
  const pruning: Pruning = { run, context, outcomes: [], known: new Map(), removed: true }
  for (const image of prune.images) await deleteImage(pruning, image)
  for (const snapshot of prune.snapshots) await deleteSnapshot(pruning, snapshot)
  const failed = pruning.outcomes.filter(({ fate }) => fate.did === 'failed')
  if (failed.length > 0)
    await run.fail(pruneSteps.imagesFailed, reason('prune_incomplete', { count: failed.length }))
}
