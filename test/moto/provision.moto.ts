import {
  CreateImageCommand,
  DescribeImagesCommand,
  DescribeSubnetsCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import type { SdkClients } from '../../src/adapters/aws/client/sdk-clients'
import type { Service } from '../../src/domain/catalogue/catalogue'
import type { Operation } from '../../src/domain/operation/operation'
import type { Request } from '../../src/domain/operation/request'
import type { Account } from '../../src/ports/account'
import { type Moto, startMoto } from '../support/moto'
import { sandboxService } from '../support/sandbox-service'
import { removalDeviations } from './deviations'
import { destroyClients, emptied, there, workplace } from './workplace'

/** `lab` in the default VPC, whose subnets bear no names; moto tells of no group metrics (deviations). */
const lab = (): Service => {
  const service = sandboxService('lab', { confirm: false, gate: { bake: 0, timeout: 20 * 60_000 } })
  if (!service.fleet) throw new Error('lab has no blueprint')
  const { vpc: _vpc, loadBalancer, group, ...fleet } = service.fleet
  const { subnets: _balancer, ...balancer } = loadBalancer
  const { subnets: _group, ...rest } = group
  return {
    ...service,
    fleet: { ...fleet, loadBalancer: balancer, group: { ...rest, metrics: false } },
  }
}

/** The image `Web Server v1`, of an instance of moto's. */
const seedImage = async ({ ec2 }: SdkClients): Promise<void> => {
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }))
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}))
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: there(Images?.[0]?.ImageId, 'image'),
      SubnetId: there(Subnets?.[0]?.SubnetId, 'subnet'),
      InstanceType: 't2.micro',
      MinCount: 1,
      MaxCount: 1,
    }),
  )
  const InstanceId = there(Instances?.[0]?.InstanceId, 'instance')
  await ec2.send(new CreateImageCommand({ InstanceId, Name: 'Web Server v1' }))
}

describe('a fleet that is built and taken down against moto', () => {
  let moto: Moto
  let clients: SdkClients
  let account: Account
  let runToEnd: (request: Request, meanwhile?: (now: number) => Promise<void>) => Promise<Operation>
  let confirm: () => Promise<void>

  beforeAll(async () => {
    moto = await startMoto()
    const time = { now: Date.now() }
    ;({ clients, account } = await emptied(moto, time))
    account = removalDeviations(account)
    await seedImage(clients)
    const work = workplace(lab(), account, time)
    runToEnd = work.runToEnd
    confirm = work.confirm
  })
  afterAll(async () => {
    destroyClients(clients)
    await moto?.stop()
  })

  it('stands as its blueprint says, is not built twice, and leaves nothing behind', async () => {
    const built = await runToEnd({ procedure: 'provision', service: 'lab' }, confirm)
    expect(built.ending).toMatchObject({ kind: 'succeeded', left: [] })
    expect(await account.groups.describe('Lab-ASG')).toMatchObject({
      min: 2,
      desired: 2,
      max: 4,
      healthCheck: { types: ['EC2', 'ELB'], graceSeconds: 300 },
      tags: { Name: 'Lab-ASG-Instance', 'rollcall:service': 'lab' },
    })
    const again = await runToEnd({ procedure: 'provision', service: 'lab' }, confirm)
    expect(again.ending).toMatchObject({ kind: 'refused', reason: { code: 'fleet_complete' } })
    const gone = await runToEnd({ procedure: 'teardown', service: 'lab' }, confirm)
    expect(gone.ending).toMatchObject({ kind: 'succeeded', left: [] })
    expect(await account.groups.describe('Lab-ASG')).toBeUndefined()
    expect(await account.loadBalancers.all()).toEqual([])
    expect(await account.targetGroups.all()).toEqual([])
    expect(await account.templates.named('Lab')).toBeUndefined()
    expect(await account.securityGroups.tagged('rollcall:service', 'lab')).toEqual([])
  })
})
