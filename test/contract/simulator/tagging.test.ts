import {
  DeleteAlarmsCommand,
  ListMetricsCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch'
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateTagsCommand,
  DescribeSecurityGroupRulesCommand,
  ModifySecurityGroupRulesCommand,
} from '@aws-sdk/client-ec2'
import { ids } from '../../../src/sandbox/aws/seed-network'
import { codeOf, lab } from './lab'

test('rules of a security group carry tags, and keep them when they are modified', async () => {
  const { ec2 } = lab()
  const made = await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: ids.webGroup,
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      ],
      TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'Name', Value: 'inside' }] }],
    }),
  )
  const id = made.SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? ''
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'team', Value: 'web' }] }))
  const wanted = { IpProtocol: 'tcp', FromPort: 9090, ToPort: 9091, CidrIpv4: '10.0.0.0/8' }
  const modify = (rule: typeof wanted) =>
    ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId: ids.webGroup,
        SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule: rule }],
      }),
    )
  await modify(wanted)
  const told = await ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [id] }))
  expect(told.SecurityGroupRules).toMatchObject([
    {
      FromPort: 9090,
      ToPort: 9091,
      IsEgress: false,
      Tags: [
        { Key: 'Name', Value: 'inside' },
        { Key: 'team', Value: 'web' },
      ],
    },
  ])
  const other = {
    GroupId: ids.webGroup,
    IpPermissions: [{ ...wanted, IpRanges: [{ CidrIp: '10.1.0.0/16' }] }],
  }
  await ec2.send(new AuthorizeSecurityGroupIngressCommand(other))
  expect(await codeOf(modify({ ...wanted, CidrIpv4: '10.1.0.0/16' }))).toBe('InvalidPermission.Duplicate')
})

test('an alarm takes its tags when it is new; an update ignores them, and they go with it', async () => {
  const { cloudWatch: client, aws } = lab()
  const alarm = {
    AlarmName: 'errors',
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'HTTPCode_Target_5XX_Count',
    Statistic: 'Sum' as const,
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold' as const,
  }
  const put = (Value: string) =>
    client.send(new PutMetricAlarmCommand({ ...alarm, Tags: [{ Key: 'team', Value }] }))
  await put('web')
  await put('shop')
  const ResourceARN = aws.world.alarms.get('errors')?.AlarmArn ?? ''
  const tags = async () => (await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags
  expect(await tags()).toEqual([{ Key: 'team', Value: 'web' }])
  await client.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'page', Value: 'yes' }] }))
  await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['team'] }))
  expect(await tags()).toEqual([{ Key: 'page', Value: 'yes' }])
  await client.send(new DeleteAlarmsCommand({ AlarmNames: ['errors'] }))
  expect(await codeOf(tags())).toBe('ResourceNotFoundException')
})

test('nobody has published a metric yet: none is listed', async () => {
  const { cloudWatch } = lab()
  expect((await cloudWatch.send(new ListMetricsCommand({}))).Metrics).toEqual([])
})
