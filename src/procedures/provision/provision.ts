import type { Request } from '../../domain/operation/request'
import { planProvision } from '../../domain/provision/plan-provision'
import type { PlannedProvision, ResourceKind } from '../../domain/provision/planned'
import { blueprintOf, gatherProvision } from '../../facts/provision/gather-provision'
import { namingRights } from '../../facts/provision/denied'
import { recentSuccesses } from '../../facts/recent-operations'
import { awaitImage, startImage } from '../images/ensure-image'
import { planned, type Runbook } from '../context'
import { adoptAll } from './adopt'
import { ensureListener, ensureLoadBalancer, ensureTargetGroup, registerSource } from './balancer'
import { ensureGroup, ensureScaling, ensureTemplate } from './group'
import type { Build } from './make'
import { ensureSecurityGroup } from './network'
import { removeMade } from './remove-made'
import { awaitServing } from './serves'

type Provision = Extract<Request, { procedure: 'provision' }>

/**
 * `/asg provision <service>`: makes AWS what the service's blueprint says. What takes minutes is begun first: the image,
 * then the load balancer, and all else is made beside them.
 */
export const provision: Runbook<Provision> = {
  async plan({ adopt = false }, context) {
    const { service, account } = context
    const named = blueprintOf(service)
    if (!named.ok) return named
    const [facts, history] = await Promise.all([
      namingRights(() => gatherProvision(service, account, named.value)),
      recentSuccesses(context, 'provision'),
    ])
    return facts.ok ? planProvision({ service, history }, facts.value, named.value, { adopt }) : facts
  },

  async run(run, context) {
    const wanted: PlannedProvision = planned(context.plan.provision, 'provision')
    const asked: ResourceKind[] = []
    const build: Build = {
      run,
      context,
      ask: (kind) => {
        if (asked.length === 0) run.undo('fleet', (back, why) => removeMade(back, context, asked, why))
        asked.push(kind)
      },
    }
    await adoptAll(build, wanted)
    const image = context.plan.image && (await startImage(run, context))
    const balancerGroup = await ensureSecurityGroup(build, wanted, 'balancer-security-group')
    const balancer = await ensureLoadBalancer(build, wanted, balancerGroup)
    const targetGroup = await ensureTargetGroup(build, wanted)
    const greenTargetGroup =
      wanted.blueprint.targetGroup.green === undefined
        ? targetGroup
        : await ensureTargetGroup(build, wanted, 'green-target-group')
    await ensureListener(build, wanted, balancer, targetGroup)
    await registerSource(build, wanted, targetGroup)
    const instances = await ensureSecurityGroup(build, wanted, 'instance-security-group', balancerGroup)
    const ready = await readyImage(build, image)
    const template = await ensureTemplate(build, wanted, instances, ready)
    await ensureGroup(build, wanted, { template, targetGroup })
    if (wanted.green !== undefined)
      await ensureGroup(build, wanted, { template, targetGroup: greenTargetGroup }, 'green-group')
    await ensureScaling(build, wanted)
    await awaitServing(run, context, wanted)
    run.commit()
  },
}

/** The image once it can be launched; a parameter stands for one that is there. */
const readyImage = async ({ run, context }: Build, image: string | undefined): Promise<string | undefined> =>
  image === undefined || image.startsWith('resolve:ssm:') ? image : awaitImage(run, context, image)
