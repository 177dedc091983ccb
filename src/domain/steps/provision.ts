import { stepsOf } from './step'

const network = stepsOf('network')
const balancer = stepsOf('balancer')
const group = stepsOf('group')
const template = stepsOf('template')
const health = stepsOf('health')

/*
 * A fleet that is built of its resources, and taken apart again. What is made is known by the kind of the resource, which
 * stands in the key: a fleet has one of each.
 */

/** Each resource is made once. */
export const provisionSteps = {
  adopt: network.step.per(['resource'], 'adopt', { visible: true, effect: 'none' }),
  createSecurityGroup: network.step.per(['resource'], 'create', { visible: true, effect: 'resource' }),
  allow: network.step.per(['resource'], 'allow', { visible: true, effect: 'none' }),
  createBalancer: balancer.step('create load balancer', { visible: true, effect: 'resource' }),
  createTargetGroup: balancer.step('create target group', { visible: true, effect: 'resource' }),
  /** Of the second color: what is made and set for it besides. */
  createGreenTargetGroup: balancer.step('create green target group', { visible: true, effect: 'resource' }),
  createGreenGroup: group.step('create green group', { visible: true, effect: 'resource' }),
  collectGreenMetrics: group.step('collect green metrics', { visible: true, effect: 'none' }),
  createListener: balancer.step('create listener', { visible: true, effect: 'resource' }),
  registerSource: balancer.step('register source', { visible: true, effect: 'none' }),
  createTemplate: template.step('create template', { visible: true, effect: 'resource' }),
  createGroup: group.step('create group', { visible: true, effect: 'resource' }),
  collectMetrics: group.step('collect metrics', { visible: true, effect: 'none' }),
  putPolicy: group.step('put policy', { visible: true, effect: 'none' }),
  serves: health.wait('fleet serves', { visible: true }),
}

/** What differs from the blueprint is set as it says, in place. */
export const fixSteps = {
  balancer: balancer.step('fix load balancer', { visible: true, effect: 'none' }),
  targetGroup: balancer.step('fix target group', { visible: true, effect: 'none' }),
  greenTargetGroup: balancer.step('fix green target group', { visible: true, effect: 'none' }),
  greenGroup: group.step('fix green group', { visible: true, effect: 'none' }),
  template: template.step('fix template', { visible: true, effect: 'none' }),
  templateDefault: template.step('fix default', { visible: true, effect: 'none' }),
  group: group.step('fix group', { visible: true, effect: 'none' }),
  attach: group.step.per(['group'], 'fix target groups', { visible: true, effect: 'none' }),
  tag: group.step.per(['group'], 'fix tags', { visible: true, effect: 'none' }),
}

/** A fleet that is taken away, thing by thing; its groups as `removalSteps` has them. */
export const teardownSteps = {
  deleteAction: group.step.per(['group', 'action'], 'take action off', { visible: true, effect: 'none' }),
  deletePolicy: group.step.per(['group', 'policy'], 'take policy off', { visible: true, effect: 'none' }),
  deleteListener: balancer.step.per(['resource'], 'take down listener', { visible: true, ends: 'resource' }),
  deleteBalancer: balancer.step.per(['resource'], 'take down load balancer', {
    visible: true,
    ends: 'resource',
  }),
  deleteTargetGroup: balancer.step.per(['resource'], 'take down target group', {
    visible: true,
    ends: 'resource',
  }),
  deleteTemplate: template.step.per(['resource'], 'take down template', { visible: true, ends: 'resource' }),
  interfacesGone: network.wait.per(['resource'], 'let go of', { visible: true }),
  deleteSecurityGroup: network.step.per(['resource'], 'take down', { visible: true, ends: 'resource' }),
}

/** Each resource is deleted once nothing needs it any more. */
export const removalSteps = {
  /** When what was made last can be seen, and that it can. */
  visibleAt: network.record('visible at', { visible: false }),
  visible: network.wait('visible', { visible: false }),
  /** A failure in the middle: what was made is removed, or kept for a second try. */
  keepOrRemove: group.pause.per(['round'], 'keep or remove'),
  toZero: group.step.per(['group'], 'to zero', { visible: true, effect: 'none' }),
  drained: group.wait.per(['group'], 'drained', { visible: true }),
  deleteGroup: group.step.per(['group'], 'delete', { visible: true, ends: 'resource' }),
  groupGone: group.wait.per(['group'], 'gone', { visible: false }),
  deregisterSource: balancer.step('deregister source', { visible: true, effect: 'none' }),
  deleteListener: balancer.step('delete listener', { visible: true, ends: 'resource' }),
  deleteBalancer: balancer.step('delete load balancer', { visible: true, ends: 'resource' }),
  deleteTargetGroup: balancer.step('delete target group', { visible: true, ends: 'resource' }),
  deleteGreenTargetGroup: balancer.step('delete green target group', { visible: true, ends: 'resource' }),
  deleteTemplate: template.step('delete template', { visible: true, ends: 'resource' }),
  interfacesGone: network.wait.per(['resource'], 'interfaces gone', { visible: true }),
  deleteSecurityGroup: network.step.per(['resource'], 'delete', { visible: true, ends: 'resource' }),
}
