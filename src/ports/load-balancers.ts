import type { Listener, LoadBalancer, NewListener, NewLoadBalancer } from '../domain/provision/resources'
import type { Answer } from './refusal'

/** Load balancers. All methods throw AwsFailure. */
export interface LoadBalancers {
  /** All of the account and region, of every type, whoever made them. */
  all(): Promise<readonly LoadBalancer[]>
  /** Whether deletion protection is on; not where it is gone. */
  isProtected(arn: string): Promise<boolean>
  /** Names are unique within an account and region. */
  named(name: string): Promise<LoadBalancer | undefined>
  /**
   * CreateLoadBalancer, its tags in the call: gives its ARN. It provisions for minutes before it is active. The same name
   * with the same settings gives the one that is there; with others, `exists`. `unknown`: AWS does not know the security
   * group, or a subnet.
   */
  create(balancer: NewLoadBalancer): Promise<Answer<string, 'exists' | 'unknown'>>
  /** SetSecurityGroups: exactly these. */
  setSecurityGroups(arn: string, groups: readonly string[]): Promise<void>
  /** SetSubnets: exactly these. */
  setSubnets(arn: string, subnets: readonly string[]): Promise<void>
  /**
   * DeleteLoadBalancer, its listeners with it; gone already is deleted. Its interfaces hold its security group for
   * minutes. `protected`: deletion protection is on; `in-use`: e.g. an endpoint service needs it.
   */
  delete(arn: string): Promise<Answer<void, 'protected' | 'in-use'>>
}

/** Listeners of load balancers. All methods throw AwsFailure. */
export interface Listeners {
  /** The listeners of a load balancer, by port; none where it is gone. */
  of(loadBalancer: string): Promise<readonly Listener[]>
  /**
   * CreateListener, its tags in the call: gives its ARN. `exists`: the port has one; `unknown`: AWS does not know the load
   * balancer, the target group or the certificate.
   */
  create(listener: NewListener): Promise<Answer<string, 'exists' | 'unknown'>>
  /** DeleteListener; gone already is deleted. */
  delete(arn: string): Promise<void>
}
