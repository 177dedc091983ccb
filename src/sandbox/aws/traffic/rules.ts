import type { Action, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Listener, LoadBalancer } from '../elbv2/state'
import { fits } from '../wildcards'
import type { World } from '../world'

/** A client's request, as far as a load balancer looks at it. */
export interface ClientRequest {
  readonly method: string
  readonly host: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: ReadonlyMap<string, string>
  readonly cookies: ReadonlyMap<string, string>
  readonly sourceIp: string
}

/** The listener that a client without a port in its address reaches: that of HTTP, else of HTTPS, else the first. */
export function listenerOf(
  world: World,
  loadBalancer: LoadBalancer,
  port: number | undefined,
): Listener | undefined {
  const own = [...world.listeners.values()].filter((one) => one.loadBalancer === loadBalancer.arn)
  const at = (wanted: number) => own.find((one) => one.port === wanted)
  return (port === undefined ? undefined : at(port)) ?? at(80) ?? at(443) ?? own[0]
}

/**
 * The action that a request meets: of the first rule, by priority, whose conditions all hold, else the listener's
 * default. Authentication lets everyone pass.
 * aws: Application Load Balancers, "Listeners for your Application Load Balancers", rules.
 */
export function actionFor(world: World, listener: Listener, request: ClientRequest): Action | undefined {
  const rules = [...world.rules.values()]
    .filter((rule) => rule.listener === listener.arn)
    .sort((a, b) => a.priority - b.priority)
  const met = rules.find((rule) => rule.conditions.every((condition) => holds(condition, request)))
  const actions = met?.actions ?? listener.actions
  return actions.find(({ Type }) => !Type?.startsWith('authenticate-'))
}

/** Paths are case-sensitive, host names and header values are not (Rule condition types). */
function holds(condition: RuleCondition, request: ClientRequest): boolean {
  const { Values = [] } = condition
  switch (condition.Field) {
    case 'path-pattern':
      return (condition.PathPatternConfig?.Values ?? Values).some((one) => fits(one, request.path))
    case 'host-header':
      return (condition.HostHeaderConfig?.Values ?? Values).some((one) => fitsAnyCase(one, request.host))
    case 'http-request-method':
      return (condition.HttpRequestMethodConfig?.Values ?? []).includes(request.method)
    case 'http-header': {
      const { HttpHeaderName = '', Values: wanted = [] } = condition.HttpHeaderConfig ?? {}
      const value = request.headers.get(HttpHeaderName.toLowerCase())
      return value !== undefined && wanted.some((one) => fitsAnyCase(one, value))
    }
    case 'query-string':
      return (condition.QueryStringConfig?.Values ?? []).some(({ Key, Value = '' }) =>
        [...request.query].some(
          ([key, value]) => (Key === undefined || fitsAnyCase(Key, key)) && fitsAnyCase(Value, value),
        ),
      )
    case 'source-ip':
      return (condition.SourceIpConfig?.Values ?? []).some((block) => contains(block, request.sourceIp))
    default:
      return false
  }
}

const fitsAnyCase = (pattern: string, text: string) => fits(pattern.toLowerCase(), text.toLowerCase())

/** Whether an IPv4 address is in a block; IPv6 blocks hold none of the sandbox's clients. */
function contains(block: string, address: string): boolean {
  const [network = '', bits = '32'] = block.split('/')
  const [from, one] = [ipv4(network), ipv4(address)]
  if (from === undefined || one === undefined) return false
  const size = 2 ** (32 - Number(bits))
  return Math.floor(from / size) === Math.floor(one / size)
}

function ipv4(text: string): number | undefined {
  const parts = text.split('.').map(Number)
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined
  return parts.reduce((sum, part) => sum * 256 + part, 0)
}
