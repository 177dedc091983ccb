import type { Listener as ListenerShape, Rule as RuleShape } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Simulation } from '../engine/simulation'
import type { ElbHandlers } from '../handlers'
import { AwsError, validationError } from '../wire/error'
import type { Listener, Rule } from './state'
import type { World } from '../world'
import { elbPage, tagsOf } from './common'
import { loadBalancerOf } from './load-balancers'
import { storedActions } from './routing'

const ruleMissing = (arn: string) => new AwsError('RuleNotFound', `One or more rules not found: '${arn}'`)

export const listenerHandlers = {
  DescribeListeners({ world }, input) {
    let found = [...world.listeners.values()]
    if (input.ListenerArns?.length) found = input.ListenerArns.map((arn) => listenerOf(world, arn))
    else if (input.LoadBalancerArn === undefined)
      throw validationError('You must specify either listener ARNs or a load balancer ARN')
    else {
      const { arn } = loadBalancerOf(world, input.LoadBalancerArn)
      found = found.filter((listener) => listener.loadBalancer === arn)
    }
    const { items, next } = elbPage(found, input)
    return { Listeners: items.map(describe), NextMarker: next }
  },

  CreateListener(sim, input) {
    const { arn } = loadBalancerOf(sim.world, input.LoadBalancerArn)
    const { Port, Protocol } = input
    if (Port === undefined || Protocol === undefined)
      throw validationError('A port and a protocol must be specified')
    for (const other of sim.world.listeners.values())
      if (other.loadBalancer === arn && other.port === Port)
        throw new AwsError(
          'DuplicateListener',
          `A listener already exists on this port for this load balancer '${arn}'`,
        )
    const actions = storedActions(sim.world, input.DefaultActions, arn)
    return {
      Listeners: [
        describe(
          createListener(sim, arn, { port: Port, protocol: Protocol, actions, tags: tagsOf(input.Tags) }),
        ),
      ],
    }
  },

  /** The default actions are replaced as a whole; what is not named stays. */
  ModifyListener(sim, input) {
    const listener = listenerOf(sim.world, input.ListenerArn)
    const actions =
      input.DefaultActions &&
      storedActions(sim.world, input.DefaultActions, listener.loadBalancer, listener.actions)
    if (input.Port !== undefined) listener.port = input.Port
    if (input.Protocol !== undefined) listener.protocol = input.Protocol
    if (actions) listener.actions = actions
    sim.emit('routing')
    return { Listeners: [describe(listener)] }
  },

  DeleteListener(sim, input) {
    const { arn } = listenerOf(sim.world, input.ListenerArn)
    sim.world.listeners.delete(arn)
    for (const rule of sim.world.rules.values()) if (rule.listener === arn) sim.world.rules.delete(rule.arn)
    sim.emit('routing')
    return {}
  },

  DescribeListenerAttributes({ world }, input) {
    listenerOf(world, input.ListenerArn)
    return { Attributes: [{ Key: 'routing.http.response.server.enabled', Value: 'true' }] }
  },

  DescribeRules({ world }, input) {
    if (input.RuleArns?.length)
      return { Rules: input.RuleArns.map((arn) => describeRule(ruleOf(world, arn))) }
    if (input.ListenerArn === undefined)
      throw validationError('You must specify either rule ARNs or a listener ARN')
    const listener = listenerOf(world, input.ListenerArn)
    const own = [...world.rules.values()]
      .filter((rule) => rule.listener === listener.arn)
      .sort((a, b) => a.priority - b.priority)
    const { items, next } = elbPage([...own.map(describeRule), defaultRule(listener)], input)
    return { Rules: items, NextMarker: next }
  },

  CreateRule(sim, input) {
    const listener = listenerOf(sim.world, input.ListenerArn)
    for (const other of sim.world.rules.values())
      if (other.listener === listener.arn && other.priority === input.Priority)
        throw new AwsError('PriorityInUse', `Priority '${input.Priority}' is currently in use`)
    const rule: Rule = {
      arn: `${listener.arn.replace(':listener/', ':listener-rule/')}/${sim.hex(16)}`,
      listener: listener.arn,
      priority: input.Priority,
      conditions: input.Conditions,
      actions: storedActions(sim.world, input.Actions, listener.loadBalancer),
      tags: tagsOf(input.Tags),
    }
    sim.world.rules.set(rule.arn, rule)
    sim.emit('routing')
    return { Rules: [describeRule(rule)] }
  },

  ModifyRule(sim, input) {
    const rule = ruleOf(sim.world, input.RuleArn)
    const loadBalancer = sim.world.listeners.get(rule.listener)?.loadBalancer ?? ''
    if (input.Actions) rule.actions = storedActions(sim.world, input.Actions, loadBalancer, rule.actions)
    if (input.Conditions) rule.conditions = input.Conditions
    sim.emit('routing')
    return { Rules: [describeRule(rule)] }
  },

  DeleteRule(sim, input) {
    sim.world.rules.delete(ruleOf(sim.world, input.RuleArn).arn)
    sim.emit('routing')
    return {}
  },
} satisfies ElbHandlers

/** Puts a listener into the world; target groups that it forwards to come into use. */
export function createListener(
  sim: Simulation,
  loadBalancer: string,
  wanted: Pick<Listener, 'port' | 'protocol' | 'actions' | 'tags'>,
): Listener {
  const arn = `${loadBalancer.replace(':loadbalancer/', ':listener/')}/${sim.hex(16)}`
  const listener: Listener = { arn, loadBalancer, ...wanted }
  sim.world.listeners.set(arn, listener)
  sim.emit('routing')
  return listener
}

function listenerOf(world: World, arn: string): Listener {
  const listener = world.listeners.get(arn)
  if (!listener) throw new AwsError('ListenerNotFound', `One or more listeners not found`)
  return listener
}

function ruleOf(world: World, arn: string): Rule {
  const rule = world.rules.get(arn)
  if (!rule) throw ruleMissing(arn)
  return rule
}

const describe = (listener: Listener): ListenerShape => ({
  ListenerArn: listener.arn,
  LoadBalancerArn: listener.loadBalancer,
  Port: listener.port,
  Protocol: listener.protocol as NonNullable<ListenerShape['Protocol']>,
  DefaultActions: listener.actions,
})

const describeRule = (rule: Rule): RuleShape => ({
  RuleArn: rule.arn,
  Priority: String(rule.priority),
  Conditions: rule.conditions,
  Actions: rule.actions,
  IsDefault: false,
})

const defaultRule = (listener: Listener): RuleShape => ({
  RuleArn: `${listener.arn.replace(':listener/', ':listener-rule/')}/default`,
  Priority: 'default',
  Conditions: [],
  Actions: listener.actions,
  IsDefault: true,
})
