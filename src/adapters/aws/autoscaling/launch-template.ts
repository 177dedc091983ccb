import type { LaunchTemplateSpecification, MixedInstancesPolicy } from '@aws-sdk/client-auto-scaling'

/** What a group launches from, as UpdateAutoScalingGroup and a DesiredConfiguration take it. */
export type Launching =
  | { readonly LaunchTemplate: LaunchTemplateSpecification }
  | { readonly MixedInstancesPolicy: MixedInstancesPolicy }

/**
 * The template as the group takes it. A group with a mixed instances policy takes it within the policy, whose rest must
 * be sent along: a template beside it would replace the whole policy, Spot share and instance types included. AWS tells
 * a template by id and name, and takes one of the two (EC2 Auto Scaling API reference, LaunchTemplateSpecification).
 */
export function launching(
  mixed: MixedInstancesPolicy | undefined,
  template: LaunchTemplateSpecification,
): Launching {
  if (mixed === undefined) return { LaunchTemplate: template }
  const { Overrides, ...rest } = mixed.LaunchTemplate ?? {}
  const overrides = Overrides?.map(({ LaunchTemplateSpecification: own, ...override }) => ({
    ...override,
    ...(own && { LaunchTemplateSpecification: byId(own) }),
  }))
  return {
    MixedInstancesPolicy: {
      ...mixed,
      LaunchTemplate: {
        ...rest,
        LaunchTemplateSpecification: template,
        ...(overrides && { Overrides: overrides }),
      },
    },
  }
}

const byId = (template: LaunchTemplateSpecification): LaunchTemplateSpecification => {
  const { LaunchTemplateName: _, ...rest } = template
  return rest
}
