import { ownTag } from '../../domain/images/own'
import type { Plan } from '../../domain/operation/plan'
import { reason } from '../../domain/reasons/reason'
import { failure, type Result } from '../../domain/result'
import type { Account } from '../../ports/account'
import type { PlanContext } from '../plan-context'

/**
 * A plan, or a refusal that names the rights which it needs and Rollcall does not have, so that no fleet stops halfway.
 * EC2 tells by a dry run; of Auto Scaling and Elastic Load Balancing, which have none, what is read on the way is read
 * once now. Throws AwsFailure where such a read is refused.
 */
export const withRights = async (
  context: Pick<PlanContext, 'account' | 'service'>,
  planned: Result<Plan>,
): Promise<Result<Plan>> => {
  if (!planned.ok) return planned
  const [actions] = await Promise.all([
    missingRights(context, planned.value),
    readOnTheWay(context.account, planned.value),
  ])
  if (actions.length === 0) return planned
  return failure(reason('rights_missing', { actions, policy: 'deploy/iam-policy.worker.json' }))
}

const missingRights = async (
  { account: { images, templates }, service }: Pick<PlanContext, 'account' | 'service'>,
  { image, template, colors, calls, version }: Plan,
): Promise<readonly string[]> => {
  const components = colors?.components.flatMap((one) => one.template ?? []) ?? []
  const versions = [...(template ? [template] : []), ...components]
  const fresh = versions.find(({ target }) => target.how === 'new')
  const moved = calls.includes('ModifyLaunchTemplate') ? versions[0] : undefined
  const tags = {
    [ownTag.operation]: `${service.name}-plan`,
    [ownTag.service]: service.name,
    [ownTag.version]: version,
  }
  const [bakes, adds, moves] = await Promise.all([
    image?.how !== 'bake' ||
      images.mayCreate({
        instance: image.source,
        name: image.name,
        description: image.description,
        noReboot: !image.reboot,
        tags: { ...image.tags, ...tags },
      }),
    fresh?.target.how !== 'new' || templates.mayCreateVersion(fresh.id, fresh.target.from),
    !moved || templates.maySetDefault(moved.id, moved.default),
  ])
  return [
    ...(bakes ? [] : ['ec2:CreateImage']),
    ...(adds ? [] : ['ec2:CreateLaunchTemplateVersion']),
    ...(moves ? [] : ['ec2:ModifyLaunchTemplate']),
  ]
}

/** Reads what a gate reads of the groups whose instances a plan replaces or moves. */
const readOnTheWay = async ({ groups, traffic }: Account, { group, colors }: Plan): Promise<void> => {
  const moved = colors?.components.flatMap(({ from, to }) => [from.name, to.name]) ?? []
  const names = [...(group ? [group.name] : []), ...moved]
  await Promise.all([
    ...names.map((name) => groups.activities(name)),
    readTargets(traffic, group?.targetGroups ?? []),
    Promise.all(moved.map((name) => groups.describe(name))).then((found) =>
      readTargets(
        traffic,
        found.flatMap((one) => one?.targetGroups ?? []),
      ),
    ),
  ])
}

const readTargets = (traffic: Account['traffic'], targetGroups: readonly string[]) =>
  Promise.all([...new Set(targetGroups)].map((arn) => traffic.health(arn)))
