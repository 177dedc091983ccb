import { AutoScalingClient } from '@aws-sdk/client-auto-scaling'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { EC2Client } from '@aws-sdk/client-ec2'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas'
import type { Aws } from '../../../src/sandbox/aws'

interface SdkRequest {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  /** JSON is given as bytes. */
  readonly body?: string | Uint8Array<ArrayBuffer>
}

const decoder = new TextDecoder()
const text = (body: SdkRequest['body']) => (typeof body === 'object' ? decoder.decode(body) : (body ?? ''))

/** The SDK's clients, unmodified, with their requests handed to the simulator instead of a socket. */
export function clientsOn(aws: Aws, { maxAttempts = 1 } = {}) {
  const requestHandler = {
    async handle(request: SdkRequest) {
      const { status, headers, body } = await aws.handle({ ...request, body: text(request.body) })
      return { response: { statusCode: status, headers, body: Buffer.from(body) } }
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  }
  const config = {
    region: 'ap-northeast-2',
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    maxAttempts,
    requestHandler: requestHandler as never,
  }
  return {
    ec2: new EC2Client(config),
    autoscaling: new AutoScalingClient(config),
    elb: new ElasticLoadBalancingV2Client(config),
    quotas: new ServiceQuotasClient(config),
    cloudWatch: new CloudWatchClient(config),
  }
}
