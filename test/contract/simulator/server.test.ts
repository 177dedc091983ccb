import { execFile, spawnSync } from 'node:child_process'
import { request } from 'node:http'
import { promisify } from 'node:util'
import { AutoScalingClient, paginateDescribeAutoScalingGroups } from '@aws-sdk/client-auto-scaling'
import { type AwsServer, serveAws } from '../../../src/sandbox/aws/server'
import { lab } from './lab'

const body = 'Action=GetCallerIdentity&Version=2011-06-15'

function post(url: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
    })
    call.on('error', reject)
    call.end(body)
  })
}

describe('the server', () => {
  let server: AwsServer
  beforeAll(async () => {
    server = await serveAws(lab().aws, { port: 0 })
  })
  afterAll(() => server.close())

  test('answers loopback names only, and no pages of elsewhere', async () => {
    expect((await post(server.url, {})).status).toBe(200)
    expect((await post(server.url, { host: 'evil.example' })).status).toBe(403)
    expect((await post(server.url, { origin: 'https://evil.example' })).status).toBe(403)
  })

  test('wants the token of its start as the access key id, where it has one', async () => {
    const guarded = await serveAws(lab().aws, { port: 0, token: 'secret' })
    const signed = (key: string) => ({
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260302/x/sts/aws4_request`,
    })
    expect((await post(guarded.url, {})).status).toBe(403)
    expect((await post(guarded.url, signed('other'))).status).toBe(403)
    expect((await post(guarded.url, signed('secret'))).body).toContain('<Account>123456789012</Account>')
    await guarded.close()
  })

  test("the SDK's own paginator talks to it over a socket", async () => {
    const client = new AutoScalingClient({
      endpoint: server.url,
      region: 'ap-northeast-2',
      credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    })
    const names: (string | undefined)[] = []
    for await (const page of paginateDescribeAutoScalingGroups({ client, pageSize: 1 }, {}))
      names.push(...(page.AutoScalingGroups ?? []).map((one) => one.AutoScalingGroupName))
    expect(names).toEqual(['Web-ASG', 'shop-blue', 'shop-green'])
    client.destroy()
  })

  const installed = spawnSync('aws', ['--version']).status === 0
  const [withCli, name] = installed
    ? ([test, 'the AWS CLI talks to the simulator'] as const)
    : ([test.skip, 'SKIPPED, for aws is not installed: the AWS CLI talks to the simulator'] as const)
  withCli(
    name,
    async () => {
      const cli = async (...words: string[]) => {
        const { stdout } = await promisify(execFile)(
          'aws',
          ['--endpoint-url', server.url, ...words, '--output', 'json'],
          {
            env: {
              PATH: process.env['PATH'],
              AWS_ACCESS_KEY_ID: 'x',
              AWS_SECRET_ACCESS_KEY: 'y',
              AWS_DEFAULT_REGION: 'ap-northeast-2',
              AWS_CONFIG_FILE: '/dev/null',
              AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
            },
          },
        )
        return JSON.parse(stdout) as unknown
      }
      const groups = await cli(
        'autoscaling',
        'describe-auto-scaling-groups',
        '--auto-scaling-group-names',
        'Web-ASG',
      )
      expect(groups).toMatchObject({ AutoScalingGroups: [{ MinSize: 2, MaxSize: 4, Instances: [{}, {}] }] })
      const images = await cli(
        'ec2',
        'describe-images',
        '--owners',
        'self',
        '--filters',
        'Name=name,Values=Web*',
      )
      expect(images).toMatchObject({ Images: [{ Name: 'Web Server v1', State: 'available' }] })
      const targetGroups = (await cli('elbv2', 'describe-target-groups', '--names', 'Web-TG')) as {
        TargetGroups: { TargetGroupArn: string }[]
      }
      const arn = targetGroups.TargetGroups[0]?.TargetGroupArn ?? ''
      expect(await cli('elbv2', 'describe-target-health', '--target-group-arn', arn)).toMatchObject({
        TargetHealthDescriptions: [
          { TargetHealth: { State: 'healthy' } },
          { TargetHealth: { State: 'healthy' } },
        ],
      })
    },
    60_000,
  )
})
