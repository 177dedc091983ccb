import type { Simulation } from './simulation'

/** The fleet of `web` serves this template version alone, in S1's shape, following its default again. */
export const servesVersion =
  (version: number, own: object = { min: 2, desired: 2, max: 4, cooldown: 30 }) =>
  ({ aws }: Simulation): void => {
    const { groups, templates, instances } = aws.view()
    expect(groups.find((group) => group.name === 'Web-ASG')).toMatchObject({
      ...own,
      templatePin: '$Default',
      suspended: [],
      terminationPolicies: ['Default'],
    })
    expect(templates.find((template) => template.name === 'Web')).toMatchObject({
      default: version,
      latest: 2,
    })
    const members = instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    expect(members.map((one) => one.templateVersion)).toEqual([version, version])
    expect(members.filter((one) => one.protectedFromScaleIn)).toEqual([])
  }
