import type { PlannedProvision, ResourceKind } from '../../domain/provision/planned'
import type { Reason } from '../../domain/reasons/reason'
import { removalSteps } from '../../domain/steps/provision'
import type { Run } from '../../durable/run'
import { awaitVisibility } from '../blue-green/health/await-visibility'
import { type Context, planned } from '../context'
import { isMadeHere } from './make'
import {
  type Names,
  removeGroup,
  removeListener,
  removeLoadBalancer,
  removeSecurityGroup,
  removeTargetGroup,
  removeTemplate,
  type Removal,
} from './remove'

/** The names of what a plan builds. */
const namesOf = ({ blueprint, vpc, group, template }: PlannedProvision): Names => ({
  vpc,
  group,
  template,
  targetGroup: blueprint.targetGroup.name,
  loadBalancer: blueprint.loadBalancer.name,
  port: blueprint.loadBalancer.listener.port,
  balancerSecurityGroup: blueprint.loadBalancer.securityGroup.name,
  instanceSecurityGroup: blueprint.instances.securityGroup.name,
})

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
  const names = namesOf(provision)
  const removal: Removal = { run, context, owns: (thing) => isMadeHere(context, thing) }
  const made = new Set(asked)
  if (made.has('group')) await removeGroup(removal, names.group)
  if (made.has('template')) await removeTemplate(removal, names)
  if (made.has('target')) await deregisterSource(removal, provision)
  if (made.has('listener')) await removeListener(removal, names)
  if (made.has('load-balancer')) await removeLoadBalancer(removal, names)
  if (made.has('target-group')) await removeTargetGroup(removal, names)
  if (made.has('instance-security-group'))
    await removeSecurityGroup(removal, names, 'instance-security-group')
  if (made.has('balancer-security-group'))
    await removeSecurityGroup(removal, names, 'balancer-security-group')
}

/** The source instance was there before, and is a target no more. */
const deregisterSource = async (
  { run, context: { account } }: Removal,
  { source, blueprint }: PlannedProvision,
): Promise<void> => {
  if (source === undefined) return
  await run.step(removalSteps.deregisterSource, {
    choose: () => ({ instance: source }),
    observe: async () => undefined,
    act: async () => {
      const found = await account.targetGroups.named(blueprint.targetGroup.name)
      if (found) await account.targetGroups.deregister(found.arn, [source])
      return { kind: 'done', outcome: true }
    },
  })
}
