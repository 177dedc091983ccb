import { pause, record, step, wait } from './step'

/*
 * A fleet that is built of its resources, and taken apart again. What is made is known by the kind of the resource, which
 * stands in the key: a fleet has one of each.
 */

/** Each resource is made once. */
export const provisionSteps = {
  adopt: step.per(['resource'], { task: 'network', name: 'adopt', visible: true, effect: 'none' }),
  createSecurityGroup: step.per(['resource'], {
    task: 'network',
    name: 'create',
    visible: true,
    effect: 'resource',
  }),
  allow: step.per(['resource'], { task: 'network', name: 'allow', visible: true, effect: 'none' }),
  createBalancer: step({ task: 'balancer', name: 'create load balancer', visible: true, effect: 'resource' }),
  createTargetGroup: step({
    task: 'balancer',
    name: 'create target group',
    visible: true,
    effect: 'resource',
  }),
  /** Of the second color: what is made and set for it besides. */
  createGreenTargetGroup: step({
    task: 'balancer',
    name: 'create green target group',
    visible: true,
    effect: 'resource',
  }),
  createGreenGroup: step({ task: 'group', name: 'create green group', visible: true, effect: 'resource' }),
  collectGreenMetrics: step({ task: 'group', name: 'collect green metrics', visible: true, effect: 'none' }),
  createListener: step({ task: 'balancer', name: 'create listener', visible: true, effect: 'resource' }),
  registerSource: step({ task: 'balancer', name: 'register source', visible: true, effect: 'none' }),
  createTemplate: step({ task: 'template', name: 'create template', visible: true, effect: 'resource' }),
  createGroup: step({ task: 'group', name: 'create group', visible: true, effect: 'resource' }),
  collectMetrics: step({ task: 'group', name: 'collect metrics', visible: true, effect: 'none' }),
  putPolicy: step({ task: 'group', name: 'put policy', visible: true, effect: 'none' }),
  serves: wait({ task: 'health', name: 'fleet serves', visible: true }),
}

/** What differs from the blueprint is set as it says, in place. */
export const fixSteps = {
  balancer: step({ task: 'balancer', name: 'fix load balancer', visible: true, effect: 'none' }),
  targetGroup: step({ task: 'balancer', name: 'fix target group', visible: true, effect: 'none' }),
  greenTargetGroup: step({ task: 'balancer', name: 'fix green target group', visible: true, effect: 'none' }),
  greenGroup: step({ task: 'group', name: 'fix green group', visible: true, effect: 'none' }),
  template: step({ task: 'template', name: 'fix template', visible: true, effect: 'none' }),
  templateDefault: step({ task: 'template', name: 'fix default', visible: true, effect: 'none' }),
  group: step({ task: 'group', name: 'fix group', visible: true, effect: 'none' }),
}

/** A fleet that is taken away, thing by thing; its groups as `removalSteps` has them. */
export const teardownSteps = {
  deleteAction: step.per(['group', 'action'], {
    task: 'group',
    name: 'take action off',
    visible: true,
    effect: 'none',
  }),
  deletePolicy: step.per(['group', 'policy'], {
    task: 'group',
    name: 'take policy off',
    visible: true,
    effect: 'none',
  }),
  deleteListener: step.per(['resource'], {
    task: 'balancer',
    name: 'take down listener',
    visible: true,
    effect: 'resource',
    ends: true,
  }),
  deleteBalancer: step.per(['resource'], {
    task: 'balancer',
    name: 'take down load balancer',
    visible: true,
    effect: 'resource',
    ends: true,
  }),
  deleteTargetGroup: step.per(['resource'], {
    task: 'balancer',
    name: 'take down target group',
    visible: true,
    effect: 'resource',
    ends: true,
  }),
  deleteTemplate: step.per(['resource'], {
    task: 'template',
    name: 'take down template',
    visible: true,
    effect: 'resource',
    ends: true,
  }),
  interfacesGone: wait.per(['resource'], { task: 'network', name: 'let go of', visible: true }),
  deleteSecurityGroup: step.per(['resource'], {
    task: 'network',
    name: 'take down',
    visible: true,
    effect: 'resource',
    ends: true,
  }),
}

/** Each resource is deleted once nothing needs it any more. */
export const removalSteps = {
  /** When what was made last can be seen, and that it can. */
  visibleAt: record({ task: 'network', name: 'visible at', visible: false }),
  visible: wait({ task: 'network', name: 'visible', visible: false }),
  /** A failure in the middle: what was made is removed, or kept for a second try. */
  keepOrRemove: pause.per(['round'], { task: 'group', name: 'keep or remove' }),
  toZero: step.per(['group'], { task: 'group', name: 'to zero', visible: true, effect: 'none' }),
  drained: wait.per(['group'], { task: 'group', name: 'drained', visible: true }),
  deleteGroup: step.per(['group'], {
    task: 'group',
    name: 'delete',
    visible: true,
    effect: 'resource',
    ends: true,
  }),
  groupGone: wait.per(['group'], { task: 'group', name: 'gone', visible: false }),
  deregisterSource: step({ task: 'balancer', name: 'deregister source', visible: true, effect: 'none' }),
  deleteListener: step({
    task: 'balancer',
    name: 'delete listener',
    visible: true,
    effect: 'resource',
    ends: true,
  }),
  deleteBalancer: step({
    task: 'balancer',
    name: 'delete load balancer',
    visible: true,
    effect: 'resource',
    ends: true,
  }),
  deleteTargetGroup: step({
    task: 'balancer',
    name: 'delete target group',
    visible: true,
    effect: 'resource',
    ends: true,
  }),
  deleteGreenTargetGroup: step({
    task: 'balancer',
    name: 'delete green target group',
    visible: true,
    effect: 'resource',
    ends: true,
  }),
  deleteTemplate: step({
    task: 'template',
    name: 'delete template',
    visible: true,
    effect: 'resource',
    ends: true,
  }),
  interfacesGone: wait.per(['resource'], { task: 'network', name: 'interfaces gone', visible: true }),
  deleteSecurityGroup: step.per(['resource'], {
    task: 'network',
    name: 'delete',
    visible: true,
    effect: 'resource',
    ends: true,
  }),
}
