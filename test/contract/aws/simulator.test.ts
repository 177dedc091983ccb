import { createAccounts } from '../../../src/adapters/aws/accounts'
import { createSdkClients } from '../../../src/adapters/aws/client/sdk-clients'
import { minute, second } from '../../../src/domain/time/time'
import { createAws } from '../../../src/sandbox/aws'
import { seedFleet } from '../../../src/sandbox/aws/seed'
import { createJumpingClock } from '../../../src/sandbox/clock'
import { inProcess } from '../../support/in-process-aws'
import { adapterSuite } from './adapters.suite'
import type { Seeded } from './backend'
import { buildingSuite } from './building.suite'
import { seed } from './seed'

const where = { region: 'ap-northeast-2' }
const patience = 60 * minute

const start = async (): Promise<Seeded> => {
  const world = createJumpingClock(Date.parse('2026-03-02T09:00:00Z'))
  const aws = createAws({ clock: world })
  seedFleet(aws)
  const clientConfig = inProcess(aws)
  const clients = createSdkClients(where, clientConfig)
  const clock = { now: () => world.now(), real: () => 0 }
  const account = createAccounts({ clock, clientConfig })(where)

  const until = async (what: string, holds: () => Promise<boolean>) => {
    const end = world.now() + patience
    while (!(await holds())) {
      if (world.now() > end) throw new Error(`never came: ${what}`)
      world.advanceBy(second)
    }
  }
  const [image] = await account.images.named('Web Server v1')
  const ground = await seed(clients, image?.id ?? '', () => world.advanceBy(minute))
  await until('the source runs', async () => {
    const [source] = await account.images.instances([ground.source])
    return source?.state === 'running'
  })
  return {
    ...ground,
    account,
    until,
    imageByHand: async (name, tags) => {
      const id = await ground.imageByHand(name, tags)
      await until(`${name} is available`, async () => {
        const [made] = await account.images.byId([id])
        return made?.state === 'available'
      })
      return id
    },
    customers: async () => {
      await until('targets are healthy', async () => aws.healthyTargets('Suite-TG') === 2)
      aws.setFault({ kind: 'bad-version', image: 'Web Server v1', errors: 0.05 })
      aws.traffic.setCustomers('Suite-ALB', { requestsPerSecond: 50, curve: 'flat' })
      world.advanceBy(5 * minute)
    },
    stop: async () => {},
  }
}

describe('the AWS adapters against the simulator', () => {
  adapterSuite({ name: 'the simulator', deviations: {}, start })

  describe('build and remove a fleet:', () => {
    buildingSuite({ name: 'the simulator', deviations: {}, start })
  })
})
