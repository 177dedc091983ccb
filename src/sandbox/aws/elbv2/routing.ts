import type { Action, TargetGroupTuple } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsError, validationError } from '../wire/error'
import type { World } from '../world'

const mostTargetGroups = 5
const mostWeight = 999

/** A reference from a listener's default action or a rule to a target group. */
export interface Forward {
  readonly loadBalancer: string
  readonly targetGroup: string
  readonly weight: number
}

/** All places that forward to a target group; a weight of 0 still refers to it. */
export function forwards(world: World): Forward[] {
  const of = (loadBalancer: string, actions: readonly Action[]) =>
    actions.flatMap((action) =>
      tuples(action).map(({ TargetGroupArn = '', Weight = 1 }) => ({
        loadBalancer,
        targetGroup: TargetGroupArn,
        weight: Weight,
      })),
    )
  const listeners = [...world.listeners.values()].flatMap((one) => of(one.loadBalancer, one.actions))
  const rules = [...world.rules.values()].flatMap((rule) =>
    of(world.listeners.get(rule.listener)?.loadBalancer ?? '', rule.actions),
  )
  return [...listeners, ...rules]
}

export function inUse(world: World, targetGroup: string): boolean {
  const refers = (actions: readonly Action[]) =>
    actions.some((action) => tuples(action).some((tuple) => tuple.TargetGroupArn === targetGroup))
  for (const listener of world.listeners.values()) if (refers(listener.actions)) return true
  for (const rule of world.rules.values()) if (refers(rule.actions)) return true
  return false
}

export const loadBalancersOf = (world: World, targetGroup: string) => [
  ...new Set(
    forwards(world)
      .filter((forward) => forward.targetGroup === targetGroup)
      .map((forward) => forward.loadBalancer),
  ),
]

/**
 * Actions as AWS stores them: a plain forward gains its ForwardConfig, one of several target groups loses the
 * plain form. Throws what ELB answers to actions that cannot be.
 */
export function storedActions(
  world: World,
  actions: readonly Action[],
  loadBalancer: string,
  before: readonly Action[] = [],
): Action[] {
  const terminal = actions.filter(({ Type }) => !Type?.startsWith('authenticate-'))
  if (terminal.length !== 1)
    throw new AwsError(
      'InvalidLoadBalancerAction',
      'You must specify exactly one forward, redirect or fixed response action',
    )
  return actions.map((action, at) => {
    const stored: Action = { ...action, Order: action.Order ?? at + 1 }
    if (action.AuthenticateOidcConfig) return { ...stored, ...withSecret(action, before) }
    if (action.Type !== 'forward') return stored
    const groups = tuples(action).map((tuple) => ({ ...tuple, Weight: tuple.Weight ?? 1 }))
    checkForward(world, action, groups, loadBalancer)
    const stickiness = action.ForwardConfig?.TargetGroupStickinessConfig ?? { Enabled: false }
    const { TargetGroupArn: _, ...rest } = stored
    const [only] = groups
    return {
      ...rest,
      ...(groups.length === 1 && only ? { TargetGroupArn: only.TargetGroupArn } : {}),
      ForwardConfig: { TargetGroups: groups, TargetGroupStickinessConfig: stickiness },
    }
  })
}

/** "This parameter is required if you are creating a rule"; it is kept where the change says so, and never told. */
function withSecret(action: Action, before: readonly Action[]): Pick<Action, 'AuthenticateOidcConfig'> {
  const { AuthenticateOidcConfig: oidc } = action
  if (oidc === undefined) return {}
  const { UseExistingClientSecret: existing, ...rest } = oidc
  const known = before.some((one) => one.AuthenticateOidcConfig?.ClientId === oidc.ClientId)
  if (oidc.ClientSecret === undefined && !(existing === true && known))
    throw new AwsError('InvalidLoadBalancerAction', 'A client secret must be specified')
  const { ClientSecret: _, ...told } = rest
  return { AuthenticateOidcConfig: told }
}

function checkForward(
  world: World,
  action: Action,
  groups: readonly TargetGroupTuple[],
  loadBalancer: string,
): void {
  if (groups.length === 0) throw validationError('A target group ARN must be specified')
  if (groups.length > mostTargetGroups)
    throw new AwsError('TooManyUniqueTargetGroupsPerLoadBalancer', 'Too many target groups in one action')
  const plain = action.TargetGroupArn
  if (plain !== undefined && groups.some((group) => group.TargetGroupArn !== plain))
    throw new AwsError(
      'InvalidLoadBalancerAction',
      'You cannot specify both a target group ARN and a ForwardConfig with other target groups',
    )
  for (const { TargetGroupArn = '', Weight = 1 } of groups) {
    if (!world.targetGroups.has(TargetGroupArn)) throw targetGroupMissing(TargetGroupArn)
    if (Weight < 0 || Weight > mostWeight)
      throw validationError(`Weight '${Weight}' must be between 0 and ${mostWeight}`)
    if (loadBalancersOf(world, TargetGroupArn).some((other) => other !== loadBalancer))
      throw new AwsError(
        'TargetGroupAssociationLimit',
        `The following target groups cannot be associated with more than one load balancer: ${TargetGroupArn}`,
      )
  }
}

export const targetGroupMissing = (arns: string) =>
  new AwsError('TargetGroupNotFound', `Target groups '${arns}' not found`)

function tuples(action: Action): readonly TargetGroupTuple[] {
  if (action.Type !== 'forward') return []
  const several = action.ForwardConfig?.TargetGroups
  if (several?.length) return several
  return action.TargetGroupArn === undefined ? [] : [{ TargetGroupArn: action.TargetGroupArn, Weight: 1 }]
}
