import { autoScalingHandlers } from '../../src/sandbox/aws/autoscaling/handlers'
import { cloudWatchHandlers } from '../../src/sandbox/aws/cloudwatch/handlers'
import { ec2Handlers } from '../../src/sandbox/aws/ec2/handlers'
import { elbHandlers } from '../../src/sandbox/aws/elbv2/handlers'
import { isRead } from '../../src/sandbox/aws/handlers'
import { ssmHandlers } from '../../src/sandbox/aws/ssm'
import { answers, run, type Served, serveFleet, testWhere } from './program'

const withBoto3 = testWhere(
  answers('python3', '-c', 'import boto3'),
  'no boto3 on this machine: boto3’s paginators and waiters on the simulator',
)

let served: Served
beforeAll(async () => {
  served = await serveFleet(500)
})
afterAll(() => served.close())

interface Line {
  readonly operation?: string
  readonly whole?: number
  readonly paged?: number
  readonly pages?: number
  readonly waiter?: string
}

/** What needs its own input beyond what a listing takes. */
const withQuestions = new Set(['GetMetricData'])
const readsOf = (handlers: object) =>
  Object.keys(handlers).filter((name) => isRead(name) && !withQuestions.has(name))

withBoto3('boto3 pages through every listing that the simulator knows, and its waiters end', async () => {
  const known = {
    autoscaling: readsOf(autoScalingHandlers),
    ec2: readsOf(ec2Handlers),
    elbv2: readsOf(elbHandlers),
    cloudwatch: readsOf(cloudWatchHandlers),
    ssm: readsOf(ssmHandlers),
  }
  const { code, said } = await run('python3', ['test/tools/listings.py', JSON.stringify(known)], {
    env: served.env,
  })
  if (code !== 0) throw new Error(said)
  const lines = said
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line)
  const listings = lines.filter(({ operation }) => operation !== undefined)
  expect(listings.filter(({ whole, paged }) => whole !== paged)).toEqual([])
  // Each service has some that fill more than one page: pages were asked for, and put together.
  const several = listings.filter(({ pages = 0 }) => pages > 1).map(({ operation }) => operation)
  expect(several).toEqual(
    expect.arrayContaining([
      'DescribeAutoScalingGroups',
      'DescribeInstances',
      'DescribeTargetGroups',
      'DescribeAlarms',
    ]),
  )
  expect(lines.filter(({ waiter }) => waiter !== undefined)).toHaveLength(13)
})
