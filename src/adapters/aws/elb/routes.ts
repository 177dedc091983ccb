import {
  type Action,
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyRuleCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Route } from '../../../domain/fleet/fleet'
import { AwsFailure } from '../../../ports/failure'
import type { Traffic } from '../../../ports/traffic'
import type { AwsClient } from '../client/client'
import { pages } from '../client/pages'
import { defined } from '../../../domain/defined'

/** A place where actions stand: a listener's default, or a rule. */
interface Place extends Pick<Route, 'id' | 'kind' | 'port' | 'priority'> {
  readonly actions: readonly Action[]
}

/** How listeners and rules forward: read when asked, changed one at a time. */
export const createRoutes = (
  elb: ElasticLoadBalancingV2Client,
  aws: AwsClient,
): Pick<Traffic, 'routes' | 'setWeights'> => {
  const balancersOf = async (targetGroups: readonly string[]): Promise<readonly string[]> => {
    // ELB reads an empty list as "all target groups": no name, no call.
    if (targetGroups.length === 0) return []
    const { TargetGroups = [] } = await aws.read('DescribeTargetGroups', () =>
      elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [...targetGroups] })),
    )
    return [...new Set(TargetGroups.flatMap(({ LoadBalancerArns = [] }) => LoadBalancerArns))]
  }

  const listenersOf = (LoadBalancerArn: string) =>
    pages((Marker) =>
      aws.read('DescribeListeners', async () => {
        const answer = await elb.send(new DescribeListenersCommand({ LoadBalancerArn, Marker }))
        return { items: answer.Listeners, next: answer.NextMarker }
      }),
    )

  const rulesOf = (ListenerArn: string) =>
    pages((Marker) =>
      aws.read('DescribeRules', async () => {
        const answer = await elb.send(new DescribeRulesCommand({ ListenerArn, Marker }))
        return { items: answer.Rules, next: answer.NextMarker }
      }),
    )

  const placesOf = async (balancer: string): Promise<readonly Place[]> => {
    const listeners = await listenersOf(balancer)
    const rules = await Promise.all(
      listeners.map(async ({ ListenerArn = '', Port }) =>
        (await rulesOf(ListenerArn)).map((rule) => ({ ...rule, Port })),
      ),
    )
    return [
      ...listeners.map(
        ({ ListenerArn = '', DefaultActions = [], Port }): Place =>
          defined({ id: ListenerArn, kind: 'listener' as const, port: Port, actions: DefaultActions }),
      ),
      // The default rule is the listener's default action: it is changed there, and told once.
      ...rules
        .flat()
        .filter(({ IsDefault }) => IsDefault !== true)
        .map(
          ({ RuleArn = '', Actions = [], Port, Priority }): Place =>
            defined({ id: RuleArn, kind: 'rule' as const, port: Port, priority: Priority, actions: Actions }),
        ),
    ]
  }

  const actionsOf = async ({ id, kind }: Pick<Route, 'id' | 'kind'>): Promise<readonly Action[]> => {
    if (kind === 'listener') {
      const { Listeners: [found] = [] } = await aws.read('DescribeListeners', () =>
        elb.send(new DescribeListenersCommand({ ListenerArns: [id] })),
      )
      return found?.DefaultActions ?? []
    }
    const { Rules: [found] = [] } = await aws.read('DescribeRules', () =>
      elb.send(new DescribeRulesCommand({ RuleArns: [id] })),
    )
    return found?.Actions ?? []
  }

  return {
    routes: async (targetGroups) => {
      const places = await Promise.all((await balancersOf(targetGroups)).map(placesOf))
      return places
        .flat()
        .map(routeOf)
        .filter((route) => targetGroups.some((arn) => arn in route.weights))
    },

    /** ModifyListener and ModifyRule replace the whole list: what was read right before goes back with it. */
    setWeights: async (route, weights) => {
      const actions = (await actionsOf(route)).map((action) => weighed(action, weights))
      if (!actions.some(({ Type }) => Type === 'forward')) {
        const action = route.kind === 'listener' ? 'ModifyListener' : 'ModifyRule'
        throw new AwsFailure('refused', action, 'NoForwardAction', `${route.id} does not forward any more`)
      }
      if (route.kind === 'listener') {
        await aws.change('ModifyListener', () =>
          elb.send(new ModifyListenerCommand({ ListenerArn: route.id, DefaultActions: actions })),
        )
        return
      }
      await aws.change('ModifyRule', () =>
        elb.send(new ModifyRuleCommand({ RuleArn: route.id, Actions: actions })),
      )
    },
  }
}

/** The target groups of a forward, in AWS's two ways of saying them. */
const groupsOf = ({ ForwardConfig, TargetGroupArn }: Action) =>
  ForwardConfig?.TargetGroups?.length ? ForwardConfig.TargetGroups : [{ TargetGroupArn, Weight: 1 }]

const routeOf = ({ id, kind, port, priority, actions }: Place): Route => {
  const forward = actions.find(({ Type }) => Type === 'forward')
  const groups = forward ? groupsOf(forward) : []
  const stickiness = forward?.ForwardConfig?.TargetGroupStickinessConfig
  return defined({
    id,
    kind,
    port,
    priority,
    weights: Object.fromEntries(
      groups.map(({ TargetGroupArn = '', Weight = 1 }) => [TargetGroupArn, Weight]),
    ),
    sticky: stickiness?.Enabled === true ? stickiness.DurationSeconds : undefined,
  })
}

/** An action as it goes back: a forward with these weights, any other one as it was. */
const weighed = (action: Action, weights: Route['weights']): Action => {
  // A client secret is never told; without it, it is kept by saying so (API reference, AuthenticateOidcActionConfig).
  const oidc = action.AuthenticateOidcConfig
  if (oidc) return { ...action, AuthenticateOidcConfig: { ...oidc, UseExistingClientSecret: true } }
  if (action.Type !== 'forward') return action
  const { TargetGroupArn: _, ...rest } = action
  const groups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }))
  return { ...rest, ForwardConfig: { ...action.ForwardConfig, TargetGroups: groups } }
}
