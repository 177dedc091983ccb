import type { SecurityGroupBlueprint } from '../../domain/provision/blueprint'
import type { PlannedProvision, ResourceKind } from '../../domain/provision/planned'
import type { Reason } from '../../domain/reasons/reason'
import { removalSteps } from '../../domain/steps/provision'
import type { Run } from '../../durable/run'
import { awaitVisibility } from '../blue-green/health/await-visibility'
import { type Context, planned } from '../context'
import { isMadeHere } from './make'
import {
  removeGroup,
  removeListener,
  removeLoadBalancer,
  removeSecurityGroup,
  removeTargetGroup,
  removeTemplate,
  type Removal,
} from './remove'

/**
 * The way back of a provision: its requester says whether what was made is removed, or kept for a second try. Who
 * cancelled has said so already. Only what this operation made is touched, in the reverse order.
 */
export const removeMade = async (
  run: Run,
  context: Context,
  asked: readonly ResourceKind[],
  why: Reason,
): Promise<void> => {
  const isCancelled = why.code === 'cancelled_by_person'
  if (!isCancelled && (await run.ask(removalSteps.keepOrRemove.at({ round: 1 }))) === 'go on') return
  await awaitVisibility(run, context, { until: removalSteps.visibleAt, over: removalSteps.visible })
  const provision = planned(context.plan.provision, 'provision')
  const { blueprint, vpc } = provision
  const removal: Removal = { run, context, owns: (thing) => isMadeHere(context, thing) }
  const made = new Set(asked)
  const securityGroup = async (
    kind: 'instance-security-group' | 'balancer-security-group',
    { name }: SecurityGroupBlueprint,
  ) => {
    const at = { resource: kind }
    await removeSecurityGroup(
      removal,
      { kind, name, vpc },
      {
        interfacesGone: removalSteps.interfacesGone.at(at),
        delete: removalSteps.deleteSecurityGroup.at(at),
      },
    )
  }
  const { instances, loadBalancer, targetGroup } = blueprint
  if (made.has('green-group') && provision.green !== undefined) await removeGroup(removal, provision.green)
  if (made.has('group')) await removeGroup(removal, provision.group)
  if (made.has('template')) await removeTemplate(removal, provision.template)
  if (made.has('target')) await deregisterSource(removal, provision)
  if (made.has('listener'))
    await removeListener(removal, { loadBalancer: loadBalancer.name, port: loadBalancer.listener.port })
  if (made.has('load-balancer')) await removeLoadBalancer(removal, loadBalancer.name)
  if (made.has('green-target-group') && targetGroup.green !== undefined)
    await removeTargetGroup(removal, targetGroup.green, removalSteps.deleteGreenTargetGroup)
  if (made.has('target-group')) await removeTargetGroup(removal, targetGroup.name)
  if (made.has('instance-security-group'))
    await securityGroup('instance-security-group', instances.securityGroup)
  if (made.has('balancer-security-group'))
    await securityGroup('balancer-security-group', loadBalancer.securityGroup)
}

/** The source instance was there before, and is a target no more. */
const deregisterSource = async (
  { run, context: { account } }: Removal,
  { source, blueprint }: PlannedProvision,
): Promise<void> => {
  if (source === undefined) return
  const { targetGroups, traffic } = account
  await run.step(removalSteps.deregisterSource, {
    choose: () => ({ instance: source }),
    observe: async () => {
      const found = await targetGroups.named(blueprint.targetGroup.name)
      const targets = found ? await traffic.health(found.arn, {}) : []
      const isTarget = targets.some(({ instance, state }) => instance === source && state !== 'draining')
      return isTarget ? undefined : true
    },
    act: async () => {
      const found = await targetGroups.named(blueprint.targetGroup.name)
      if (found) await targetGroups.deregister(found.arn, [source])
      return { kind: 'done', outcome: true }
    },
  })
}
