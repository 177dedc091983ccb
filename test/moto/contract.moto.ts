import { DescribeImagesCommand } from '@aws-sdk/client-ec2'
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { createAccounts } from '../../src/adapters/aws/accounts'
import { createSdkClients, type SdkClients } from '../../src/adapters/aws/client/sdk-clients'
import { adapterSuite } from '../contract/aws/adapters.suite'
import type { Seeded } from '../contract/aws/backend'
import { buildingSuite } from '../contract/aws/building.suite'
import { seed } from '../contract/aws/seed'
import { loopbackHandler } from '../support/loopback-only'
import { type Moto, startMoto } from '../support/moto'
import { motoBuildingDeviations, motoDeviations } from './deviations'
import { destroyClients } from './workplace'

const where = { region: 'ap-northeast-2' }
/** What is retried is retried soon: moto’s errors do not go away by waiting. */
const clock = { now: () => Date.now(), real: (span: number) => span / 100 }

describe('the AWS adapters against moto', () => {
  let moto: Moto
  /** An image of Amazon's. moto has the same ones after each reset, hundreds of them, and takes its time to list them. */
  let image: string | undefined
  beforeAll(async () => {
    moto = await startMoto()
  })
  afterAll(() => moto?.stop())

  const start = async (): Promise<Seeded> => {
    await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' })
    const clientConfig = {
      endpoint: moto.endpoint,
      credentials: { accessKeyId: 'moto', secretAccessKey: 'moto' },
      requestHandler: loopbackHandler(),
    }
    const clients = createSdkClients(where, clientConfig)
    image ??= (await clients.ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }))).Images?.[0]?.ImageId
    const ground = await seed(clients, image ?? '')
    return {
      ...ground,
      account: createAccounts({ clock, clientConfig })(where),
      // moto does at once what it does at all.
      until: async (what, holds) => {
        if (!(await holds())) throw new Error(`never came: ${what}`)
      },
      customers: () => putTraffic(clients, ground.targetGroup),
      stop: async () => {
        destroyClients(clients)
      },
    }
  }

  adapterSuite({ name: 'moto', deviations: motoDeviations, start })

  describe('build and remove a fleet:', () => {
    buildingSuite({ name: 'moto', deviations: motoBuildingDeviations, start })
  })
})

/** moto has no customers: what their load balancer would tell of them is put there. */
const putTraffic = async ({ cloudWatch, elb }: SdkClients, targetGroup: string): Promise<void> => {
  const { TargetGroups = [] } = await elb.send(
    new DescribeTargetGroupsCommand({ TargetGroupArns: [targetGroup] }),
  )
  const Dimensions = [
    { Name: 'LoadBalancer', Value: TargetGroups[0]?.LoadBalancerArns?.[0]?.split(':loadbalancer/')[1] },
    { Name: 'TargetGroup', Value: targetGroup.split(':').at(-1) },
  ]
  const minute = 60_000
  const now = Math.floor(Date.now() / minute) * minute
  const point = (MetricName: string, at: number, Value: number) => ({
    MetricName,
    Dimensions,
    Timestamp: new Date(at),
    Value,
  })
  for (const at of [now - 3 * minute, now - 2 * minute]) {
    await cloudWatch.send(
      new PutMetricDataCommand({
        Namespace: 'AWS/ApplicationELB',
        MetricData: [
          point('RequestCount', at, 3_000),
          point('HTTPCode_Target_5XX_Count', at, 150),
          point('RequestCountPerTarget', at, 1_500),
          point('TargetResponseTime', at, 0.04),
        ],
      }),
    )
  }
}
