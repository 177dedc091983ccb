import * as autoscaling from '@aws-sdk/client-auto-scaling'
import * as ec2 from '@aws-sdk/client-ec2'
import * as elb from '@aws-sdk/client-elastic-load-balancing-v2'
import * as cloudwatch from '@aws-sdk/client-cloudwatch'
import * as eventBridge from '@aws-sdk/client-eventbridge'
import * as quotas from '@aws-sdk/client-service-quotas'
import * as sqs from '@aws-sdk/client-sqs'
import { createAws } from '../../../../src/sandbox/aws'
import { byTarget, byVersion } from '../../../../src/sandbox/aws/wire/services'
import { operationOf } from '../../../../src/sandbox/aws/wire/shapes'
import { fits } from '../../../../src/sandbox/aws/wildcards'
import { createJumpingClock } from '../../../../src/sandbox/clock'

const call = (body: string) =>
  createAws({ clock: createJumpingClock(0) }).handle({ method: 'POST', path: '/', headers: {}, body })

describe('the wire', () => {
  test('every action that has a handler has a schema in the SDK', () => {
    const clients = [ec2, autoscaling, elb, quotas, cloudwatch, sqs, eventBridge].map(
      (client): Record<string, unknown> => ({ ...client }),
    )
    for (const { handlers, name } of Object.values({ ...byVersion, ...byTarget }))
      for (const action of Object.keys(handlers)) {
        // These two have schemas written by hand.
        if (name === 'sts' || name === 'ssm') continue
        const schema = clients.map((client) => client[`${action}$`]).find((one) => one !== undefined)
        expect([action, operationOf(schema) !== undefined]).toEqual([action, true])
      }
  })

  test('EC2 refuses a parameter that it does not know, and misses one that it needs', async () => {
    const unknown = await call('Action=DescribeImages&Version=2016-11-15&Nonsense.1=x')
    expect(unknown.body).toContain('<Code>UnknownParameter</Code>')
    const missing = await call('Action=CreateImage&Version=2016-11-15&Name=abc')
    expect(missing.body).toContain('The request must contain the parameter InstanceId')
  })

  test('Auto Scaling answers in its own form, with the id of the request in the header', async () => {
    const { status, body, headers } = await call('Action=EnterStandby&Version=2011-01-01')
    expect(status).toBe(400)
    expect(body).toMatch(/<ErrorResponse .*<Type>Sender<\/Type><Code>ValidationError<\/Code>/)
    expect(body).toContain(headers['x-amzn-requestid'])
  })

  test('an empty list on the wire is an empty list', async () => {
    const { body } = await call('Action=DescribeAutoScalingGroups&Version=2011-01-01&AutoScalingGroupNames=')
    expect(body).toContain('<AutoScalingGroups></AutoScalingGroups>')
  })

  test('what has no service is not answered by one', async () => {
    expect((await call('Action=ListTables&Version=2012-08-10')).body).toContain('InvalidAction')
  })

  test.each([
    ['Web Server *', 'Web Server v2', true],
    ['Web Server v?', 'Web Server v10', false],
    ['a.c', 'abc', false],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['(x)*', '(x)[y]', true],
  ])('the pattern %s on %s: %s', (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected)
  })
})
