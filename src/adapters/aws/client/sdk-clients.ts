import { AutoScalingClient } from '@aws-sdk/client-auto-scaling'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas'
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers'
import type { Where } from '../../../domain/catalogue/catalogue'
import { beforeItIsRead, onlyAnswersOfAws } from './answer-of-aws'

/** What a test or a sandbox may set; in production all of it comes from AWS's standard variables. */
export interface ClientConfig {
  readonly endpoint?: string
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly requestHandler?: NonNullable<EC2ClientConfig['requestHandler']>
  readonly signer?: NonNullable<EC2ClientConfig['signer']>
}

export interface SdkClients {
  readonly ec2: EC2Client
  readonly autoScaling: AutoScalingClient
  readonly elb: ElasticLoadBalancingV2Client
  readonly quotas: ServiceQuotasClient
  readonly cloudWatch: CloudWatchClient
}

/**
 * Real milliseconds. Without `throwOnRequestTimeout` the SDK only warns of a late answer and goes on waiting; the
 * socket's own limit covers an answer that begins and then hangs.
 */
const handler = {
  connectionTimeout: 3_000,
  requestTimeout: 15_000,
  socketTimeout: 15_000,
  throwOnRequestTimeout: true,
}

/**
 * The clients of one place. They send each call once: a lost change must be looked for before it is asked for again,
 * and a throttled read slows down all reads of its kind, so retries are decided in `client.ts`, not by the SDK.
 */
export function createSdkClients(where: Where, given: ClientConfig = {}, session = 'rollcall'): SdkClients {
  const base = { region: where.region, requestHandler: handler, ...given }
  const config = { ...base, retryMode: 'standard', maxAttempts: 1, ...assumed(where, base, session) }
  const clients = {
    ec2: new EC2Client(config),
    autoScaling: new AutoScalingClient(config),
    elb: new ElasticLoadBalancingV2Client(config),
    quotas: new ServiceQuotasClient(config),
    cloudWatch: new CloudWatchClient(config),
  }
  // It copies every answer, to tell a logger that says nothing: one part in ten of what an answer costs.
  for (const { middlewareStack } of Object.values(clients)) middlewareStack.remove('loggerMiddleware')
  clients.ec2.middlewareStack.addRelativeTo(onlyAnswersOfAws('query'), beforeItIsRead)
  clients.autoScaling.middlewareStack.addRelativeTo(onlyAnswersOfAws('query'), beforeItIsRead)
  clients.elb.middlewareStack.addRelativeTo(onlyAnswersOfAws('query'), beforeItIsRead)
  clients.quotas.middlewareStack.addRelativeTo(onlyAnswersOfAws('json'), beforeItIsRead)
  clients.cloudWatch.middlewareStack.addRelativeTo(onlyAnswersOfAws('json'), beforeItIsRead)
  return clients
}

/** Credentials of the role that the place names; the SDK renews them before they run out. */
function assumed(where: Where, base: ClientConfig & { readonly region: string }, session: string) {
  if (where.role === undefined) return {}
  const { credentials, ...clientConfig } = base
  return {
    credentials: fromTemporaryCredentials({
      ...(credentials === undefined ? {} : { masterCredentials: credentials }),
      params: {
        RoleArn: where.role,
        RoleSessionName: session,
        ...(where.externalId !== undefined && { ExternalId: where.externalId }),
      },
      clientConfig,
    }),
  }
}
