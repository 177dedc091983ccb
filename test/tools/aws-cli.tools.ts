import { ids } from '../../src/sandbox/aws/seed-network'
import { answers, run, type Served, serveFleet, testWhere } from './program'

const withCli = testWhere(
  answers('aws', '--version'),
  'no `aws` on this machine: the AWS CLI’s pages and waiters on the simulator',
)

let served: Served
beforeAll(async () => {
  served = await serveFleet(500)
})
afterAll(() => served.close())

const aws = async (line: string): Promise<string> => {
  const { code, said } = await run('aws', [...line.split(' '), '--output', 'text'], { env: served.env })
  if (code !== 0) throw new Error(`aws ${line}: ${said}`)
  return said.trim()
}

// A start of the CLI takes a core for a second or two: a few calls stand for all here, and boto3's test goes through the rest.
withCli('puts pages together', async () => {
  const groups = 'autoscaling describe-auto-scaling-groups --query AutoScalingGroups[].[AutoScalingGroupName]'
  const pages = await aws(`${groups} --page-size 1`)
  expect(pages.split('\n')).toEqual([...served.aws.world.groups.keys()])
})

const bake = async () => {
  const instance = [...served.aws.world.instances.values()].find(
    ({ tags }) => tags.get('Name') === 'ASG-Web-Instance',
  )?.id
  const image = await aws(`ec2 create-image --instance-id ${instance} --name tools --query ImageId`)
  await aws(`ec2 wait image-available --image-ids ${image}`)
  return served.aws.world.images.get(image)?.state
}

const provision = async () => {
  const subnets = [ids.publicA, ids.publicC].join(' ')
  const create = `elbv2 create-load-balancer --name tools --subnets ${subnets}`
  const arn = await aws(`${create} --query LoadBalancers[0].LoadBalancerArn`)
  await aws(`elbv2 wait load-balancer-available --load-balancer-arns ${arn}`)
  return served.aws.world.loadBalancers.get(arn)?.state
}

// Side by side: a waiter of the CLI looks again after 15 s of real time.
withCli(
  'waits for an image that is being baked, and for a load balancer that is being provisioned',
  async () => {
    expect(await Promise.all([bake(), provision()])).toEqual(['available', 'active'])
  },
)
