import type { Group, TemplatePin } from '../../domain/fleet'
import { type Reason, reason } from '../../domain/reasons'
import { shapeKey } from '../../domain/planning/previous'
import type { Run } from '../../durable/run'
import { type Context, planned } from '../context'

/** A group as it was before an operation touched it: what the way back restores. */
export interface Shape {
  readonly [key: string]: string | number | readonly string[] | undefined
  readonly name: string
  readonly min: number
  readonly desired: number
  readonly max: number
  readonly cooldown: number
  readonly pin: TemplatePin
  readonly templateId: string
  readonly templateName: string
  /** What the pin resolved to. */
  readonly version: number
  readonly defaultVersion: number
  readonly imageId?: string
  readonly suspended: readonly string[]
  readonly terminationPolicies: readonly string[]
}

/** Writes down the group as it is now, before anything is changed. */
export const recordShape = (run: Run, context: Context): Promise<Shape> => {
  const template = planned(context.plan.template, 'template')
  const planGroup = planned(context.plan.group, 'group')
  return run.record(shapeKey, async () => {
    const group = await context.account.groups.describe(planGroup.name)
    const version = await context.account.templates.version(template.id, template.current)
    if (!group?.template) throw new Error(`the group ${planGroup.name} is gone`)
    return {
      name: group.name,
      min: group.min,
      desired: group.desired,
      max: group.max,
      cooldown: group.cooldown,
      pin: group.template.pin,
      templateId: template.id,
      templateName: template.name,
      version: template.current,
      defaultVersion: template.default,
      ...(version?.imageId !== undefined && { imageId: version.imageId }),
      suspended: group.suspended,
      terminationPolicies: group.terminationPolicies,
    }
  })
}

/** Whether somebody else has moved the group's template while we work with it, or taken the group away. */
export const drift = (
  group: Group | undefined,
  expected: { readonly name: string; readonly pin: number },
): Reason | undefined => {
  if (!group) return reason('group_not_found', { group: expected.name })
  if (group.status) return reason('group_being_deleted', { group: group.name, status: group.status })
  const pin = group.template?.pin
  return pin === expected.pin
    ? undefined
    : reason('group_changed', { group: group.name, what: 'template version', was: expected.pin, is: pin })
}
