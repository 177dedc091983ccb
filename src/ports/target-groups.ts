import type { NewTargetGroup, TargetGroup, TargetHealthCheck } from '../domain/provision/resources'
import type { Answer } from './refusal'

/** Target groups as things that are made and deleted. All methods throw AwsFailure. */
export interface TargetGroups {
  /** All of the account and region, whoever made them. */
  all(): Promise<readonly TargetGroup[]>
  /** Names are unique within an account and region. */
  named(name: string): Promise<TargetGroup | undefined>
  /**
   * CreateTargetGroup for instances, its tags in the call: gives its ARN. The same name with the same settings gives the
   * one that is there; with others, `exists`.
   */
  create(group: NewTargetGroup): Promise<Answer<string, 'exists'>>
  /** ModifyTargetGroup: what is named of its health check. */
  setHealthCheck(arn: string, check: Partial<TargetHealthCheck>): Promise<void>
  /** RegisterTargets, at the target group's port: running instances of its VPC. One that is registered stays so. */
  register(arn: string, instances: readonly string[]): Promise<void>
  /** DeregisterTargets: they drain. One that is not registered, and a target group that is gone, are well. */
  deregister(arn: string, instances: readonly string[]): Promise<void>
  /** DeleteTargetGroup; gone already is deleted. `in-use`: a listener or a rule forwards to it. */
  delete(arn: string): Promise<Answer<void, 'in-use'>>
}
