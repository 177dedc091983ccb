import { comparePolicy, trackingPolicy } from '../../domain/provision/compare'
import { type PlannedProvision, resourceOf } from '../../domain/provision/planned'
import type { GroupTag } from '../../domain/provision/resources'
import { fixedData, templateData } from '../../domain/provision/template-data'
import { describedAs } from '../../domain/images/own'
import { fixSteps, provisionSteps } from '../../domain/steps/provision'
import { second } from '../../domain/time/time'
import { waiting } from '../../durable/poll'
import { planned as known } from '../context'
import { type Build, make, managedTags, settle } from './make'

/** The launch template, with what the blueprint says of instances. Gives its id. */
export const ensureTemplate = async (
  build: Build,
  provision: PlannedProvision,
  securityGroup: string,
  image: string | undefined,
): Promise<string> => {
  const { context } = build
  const { templates, images } = context.account
  const { template: name, blueprint } = provision
  const planned = resourceOf(provision, 'template')
  if (planned?.id !== undefined) {
    if (planned.differences.length > 0) await fixTemplate(build, provision, planned.id, securityGroup)
    return planned.id
  }
  const token = `${context.operation.id} template`
  return make(build, provisionSteps.createTemplate, {
    kind: 'template',
    name,
    token,
    find: () => templates.named(name),
    idOf: ({ id }) => id,
    create: async () => {
      const id = known(image, 'image')
      const [found] = id.startsWith('ami-') ? await images.byId([id], {}) : []
      const rootDevice = found?.rootDevice ?? '/dev/xvda'
      return templates.create({
        name,
        description: blueprint.instances.description ?? `${name} of ${context.service.name}`,
        data: templateData(blueprint, { image: id, securityGroup, rootDevice }),
        tags: managedTags(context),
        token,
      })
    },
  })
}

/** A version with what differed; instances that run are not touched, the next deploy or roll brings it to them. */
const fixTemplate = async (
  { run, context }: Build,
  provision: PlannedProvision,
  templateId: string,
  securityGroup: string,
): Promise<void> => {
  const { templates } = context.account
  const { follows } = provision.blueprint.group
  const description = describedAs('Fixed', context.operation.id, context.operation.requester.user)
  const number = await run.step(fixSteps.template, {
    choose: () => ({ template: templateId, token: `${context.operation.id} fix` }),
    observe: async () =>
      (await templates.versions(templateId)).find((version) => version.description === description)?.number,
    act: async ({ token }) => {
      const current = await templates.version(templateId, follows)
      const data = fixedData(provision.blueprint, securityGroup, current?.data ?? '{}')
      await templates.createVersion({ templateId, description, token, data })
      return waiting()
    },
  })
  if (follows !== '$Default') return
  await settle(
    { run },
    fixSteps.templateDefault,
    { template: templateId, version: number },
    async () => (await templates.version(templateId, '$Default'))?.number === number,
    () => templates.setDefault(templateId, number, `${context.operation.id} fix default`),
  )
}

/** Sizes of a color's group: the one that serves has the blueprint's, the other one waits at zero. */
const sizesOf = ({ blueprint, serving, group }: PlannedProvision, name: string) => {
  const { min, desired, max } = blueprint.group
  return name === (serving ?? group) ? { min, desired, max } : { min: 0, desired: 0, max }
}

/** A group: made with its target group, its health checks and its tags, or set to what differs. */
export const ensureGroup = async (
  build: Build,
  provision: PlannedProvision,
  ids: { readonly template: string; readonly targetGroup: string },
  kind: 'group' | 'green-group' = 'group',
): Promise<void> => {
  const { context } = build
  const { groups } = context.account
  const { groupSubnets: subnets, versionTag } = provision
  const isGreen = kind === 'green-group'
  const name = isGreen ? known(provision.green, 'green group') : provision.group
  const { healthCheck: checks, follows, tags } = provision.blueprint.group
  const { min, desired, max } = sizesOf(provision, name)
  const healthCheck = healthCheckOf(checks)
  const planned = resourceOf(provision, kind)
  if (planned?.id === undefined) {
    const version = versionTag === undefined ? {} : { [versionTag]: context.plan.version }
    await make(build, isGreen ? provisionSteps.createGreenGroup : provisionSteps.createGroup, {
      kind,
      name,
      find: () => groups.describe(name, {}),
      idOf: (found) => found.name,
      create: () =>
        groups.create({
          name,
          template: { id: ids.template, pin: follows },
          min,
          desired,
          max,
          subnets,
          targetGroups: [ids.targetGroup],
          healthCheck,
          tags: [...tagList({ ...tags, ...version }, true), ...tagList(managedTags(context), false)],
        }),
    })
    return
  }
  const fixes = planned.differences.filter(({ fixed }) => fixed).map(({ attribute }) => attribute)
  await fixGroup(build, provision, { name, isGreen, template: ids.template, fixes })
  if (fixes.includes('target group')) await attachTargets(build, name, ids.targetGroup)
  if (fixes.some((attribute) => attribute.startsWith('tag '))) await tagGroup(build, name, tags)
}

/** What UpdateAutoScalingGroup sets, which is one call: it is done whole, or not at all. */
const fixGroup = async (
  build: Build,
  provision: PlannedProvision,
  wanted: {
    readonly name: string
    readonly isGreen: boolean
    readonly template: string
    readonly fixes: readonly string[]
  },
): Promise<void> => {
  const { groups } = build.context.account
  const { name, isGreen, fixes } = wanted
  const attributes = fixes.filter((one) => one !== 'target group' && !one.startsWith('tag '))
  if (attributes.length === 0) return
  const { healthCheck: checks, follows } = provision.blueprint.group
  const { groupSubnets: subnets } = provision
  const { min, desired, max } = sizesOf(provision, name)
  const healthCheck = healthCheckOf(checks)
  const isRepinned = attributes.includes('template version')
  const isResized = ['min', 'max', 'desired'].some((size) => attributes.includes(size))
  await settle(
    build,
    isGreen ? fixSteps.greenGroup : fixSteps.group,
    { group: name, attributes },
    async () => {
      const found = await groups.describe(name, {})
      return (
        found !== undefined &&
        (!isResized || (found.min === min && found.max === max)) &&
        found.healthCheck.graceSeconds === healthCheck.graceSeconds &&
        (!isRepinned || found.template?.pin === follows) &&
        subnets.length === found.subnets.length &&
        subnets.every((id) => found.subnets.includes(id))
      )
    },
    async () => {
      const found = await groups.describe(name, {})
      const within = Math.min(Math.max(found?.desired ?? desired, min), max)
      await groups.update(name, {
        ...(isResized && { min, max, desired: within }),
        healthCheck,
        subnets,
        ...(isRepinned && { template: { id: wanted.template, pin: follows } }),
      })
    },
  )
}

const attachTargets = (build: Build, group: string, targetGroup: string): Promise<void> => {
  const { groups } = build.context.account
  return settle(
    build,
    fixSteps.attach.at({ group }),
    { group, targetGroup },
    async () => (await groups.describe(group, {}))?.targetGroups.includes(targetGroup) === true,
    () => groups.attach(group, [targetGroup]),
  )
}

const tagGroup = (build: Build, group: string, tags: Readonly<Record<string, string>>): Promise<void> => {
  const { groups } = build.context.account
  return settle(
    build,
    fixSteps.tag.at({ group }),
    { group, keys: Object.keys(tags) },
    async () => {
      const found = await groups.describe(group, {})
      return Object.entries(tags).every(
        ([key, value]) => found?.tags[key] === value && found.propagated?.includes(key),
      )
    },
    () => groups.tag(group, tags, { propagate: true }),
  )
}

const healthCheckOf = ({ by, grace }: PlannedProvision['blueprint']['group']['healthCheck']) => ({
  types: by,
  graceSeconds: grace / second,
})

const tagList = (tags: Readonly<Record<string, string>>, propagate: boolean): readonly GroupTag[] =>
  Object.entries(tags).map(([key, value]) => ({ key, value, propagate }))

/** What of the groups is set beside them: their metrics, and the policy that tracks the CPU of the one that serves. */
export const ensureScaling = async (build: Build, provision: PlannedProvision): Promise<void> => {
  const { groups } = build.context.account
  const { group: blue, green, serving = blue, blueprint } = provision
  const isDue = (kind: 'metrics' | 'green-metrics' | 'policy') =>
    !['there', undefined].includes(resourceOf(provision, kind)?.state)
  const collect = (step: typeof provisionSteps.collectMetrics, group: string) =>
    settle(
      build,
      step,
      { group },
      async () => ((await groups.describe(group, {}))?.metrics?.length ?? 0) > 0,
      () => groups.collectMetrics(group),
    )
  if (isDue('metrics')) await collect(provisionSteps.collectMetrics, blue)
  if (isDue('green-metrics') && green !== undefined) await collect(provisionSteps.collectGreenMetrics, green)
  const policy = trackingPolicy(blueprint)
  if (policy && isDue('policy'))
    await settle(
      build,
      provisionSteps.putPolicy,
      { group: serving, policy: policy.name },
      async () => {
        const found = (await groups.policies(serving)).find((one) => one.name === policy.name)
        return found !== undefined && comparePolicy(policy, found).differences.length === 0
      },
      () => groups.putPolicy(serving, policy),
    )
}
