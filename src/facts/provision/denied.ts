import { reason } from '../../domain/reasons/reason'
import { failure, type Result } from '../../domain/result'
import { AwsFailure } from '../../ports/failure'

/** What is looked at for a blueprint alone, by the policy that grants it (deploy/iam-policy.provision.json). */
const granted: Readonly<Record<string, string>> = {
  DescribeLoadBalancerAttributes: 'elasticloadbalancing',
  DescribeLoadBalancers: 'elasticloadbalancing',
  DescribeNetworkInterfaces: 'ec2',
  DescribeTags: 'elasticloadbalancing',
  DescribeVpcs: 'ec2',
}

/** EC2 says UnauthorizedOperation, the others AccessDenied (their API references, "Common errors"). */
const isDenied = /^(UnauthorizedOperation|AccessDenied(Exception)?)$/

/** Looks at AWS for building or removing a fleet; a right that only its own policy grants is named with that policy. */
export const namingRights = async <T>(look: () => Promise<Result<T>>): Promise<Result<T>> => {
  try {
    return await look()
  } catch (thrown) {
    const service =
      thrown instanceof AwsFailure && isDenied.test(thrown.code) ? granted[thrown.action] : undefined
    if (!(thrown instanceof AwsFailure) || service === undefined) throw thrown
    const policy = 'deploy/iam-policy.provision.json'
    return failure(reason('rights_missing', { actions: [`${service}:${thrown.action}`], policy }))
  }
}
