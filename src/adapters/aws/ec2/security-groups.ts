import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  type CreateSecurityGroupCommandInput,
  DeleteSecurityGroupCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  type Filter,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroup as AwsSecurityGroup,
} from '@aws-sdk/client-ec2'
import type { NewSecurityGroup, SecurityGroup } from '../../../domain/provision/resources'
import type { SecurityGroups } from '../../../ports/security-groups'
import type { SdkClients } from '../client/sdk-clients'
import { literal, tagSpecifications, tagsOf } from '../convert'
import { defined } from '../../../domain/defined'
import { answered, unlessGone } from '../client/answer'
import type { AwsClient } from '../client/client'
import { pages } from '../client/pages'
import { dryRun } from './dry-run'
import { fromPermission, toPermission } from './ingress'

const taken = /^InvalidGroup\.Duplicate$/
const gone = /^InvalidGroup(Id)?\.NotFound$/

/** Security groups, found by name within a VPC: GroupNames are for the default VPC alone (EC2 API reference). */
export function createSecurityGroups({ ec2 }: SdkClients, aws: AwsClient): SecurityGroups {
  const vpcOf = async (subnet: string): Promise<string> => {
    const { Subnets = [] } = await aws.read('DescribeSubnets', () =>
      ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnet] })),
    )
    return Subnets[0]?.VpcId ?? ''
  }

  const filtered = (Filters: Filter[]) =>
    pages(async (NextToken) => {
      const page = await aws.read('DescribeSecurityGroups', () =>
        ec2.send(new DescribeSecurityGroupsCommand({ Filters, MaxResults: 1000, NextToken })),
      )
      return { items: page.SecurityGroups, next: page.NextToken }
    })
  const find = (vpc: string, names: readonly string[]) =>
    filtered([
      { Name: 'vpc-id', Values: [vpc] },
      { Name: 'group-name', Values: names.map(literal) },
    ])

  return {
    named: async ([subnet = ''], names) => {
      // An empty list would describe everything: nothing to ask for, no call.
      if (subnet === '' || names.length === 0) return { vpc: '', found: [] }
      const vpc = await vpcOf(subnet)
      const found = await find(vpc, names)
      return {
        vpc,
        found: found.map(({ GroupId = '', GroupName = '' }) => ({ id: GroupId, name: GroupName })),
      }
    },

    inVpc: async (vpc, names) =>
      vpc === '' || names.length === 0 ? [] : (await find(vpc, names)).map(toSecurityGroup),

    tagged: async (key, value) =>
      (await filtered([{ Name: `tag:${key}`, Values: [literal(value)] }])).map(toSecurityGroup),

    naming: async (id) =>
      (await filtered([{ Name: 'ip-permission.group-id', Values: [id] }])).map(toSecurityGroup),

    interfaces: async (id) => {
      const found = await pages(async (NextToken) => {
        const page = await aws.read('DescribeNetworkInterfaces', () =>
          ec2.send(
            new DescribeNetworkInterfacesCommand({
              Filters: [{ Name: 'group-id', Values: [id] }],
              MaxResults: 1000,
              NextToken,
            }),
          ),
        )
        return { items: page.NetworkInterfaces, next: page.NextToken }
      })
      return found.map(({ NetworkInterfaceId = '', Description = '', Attachment }) =>
        defined({ id: NetworkInterfaceId, description: Description, instance: Attachment?.InstanceId }),
      )
    },

    mayCreate: (group) =>
      dryRun(taken, () =>
        aws.change('CreateSecurityGroup', () =>
          ec2.send(new CreateSecurityGroupCommand({ ...creation(group), DryRun: true })),
        ),
      ),

    create: (group) =>
      answered({ exists: taken }, async () => {
        const made = await aws.change('CreateSecurityGroup', () =>
          ec2.send(new CreateSecurityGroupCommand(creation(group))),
        )
        return made.GroupId ?? ''
      }),

    allow: (id, rules) =>
      answered({ exists: /^InvalidPermission\.Duplicate$/, unknown: gone }, async () => {
        if (rules.length === 0) return
        const input = { GroupId: id, IpPermissions: rules.map(toPermission) }
        await aws.change('AuthorizeSecurityGroupIngress', () =>
          ec2.send(new AuthorizeSecurityGroupIngressCommand(input)),
        )
      }),

    revoke: async (id, rules) => {
      if (rules.length === 0) return
      const input = { GroupId: id, IpPermissions: rules.map(toPermission) }
      await unlessGone(/^(InvalidPermission|InvalidGroup(Id)?)\.NotFound$/, () =>
        aws.change('RevokeSecurityGroupIngress', () =>
          ec2.send(new RevokeSecurityGroupIngressCommand(input)),
        ),
      )
    },

    delete: (id) =>
      answered({ 'in-use': /^(DependencyViolation|InvalidGroup\.InUse)$/ }, () =>
        unlessGone(gone, () =>
          aws.change('DeleteSecurityGroup', () => ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }))),
        ),
      ),
  }
}

const creation = ({ name, description, vpc, tags }: NewSecurityGroup): CreateSecurityGroupCommandInput => ({
  GroupName: name,
  Description: description,
  VpcId: vpc,
  ...tagSpecifications('security-group', tags),
})

const toSecurityGroup = (group: AwsSecurityGroup): SecurityGroup => ({
  id: group.GroupId ?? '',
  name: group.GroupName ?? '',
  description: group.Description ?? '',
  vpc: group.VpcId ?? '',
  ingress: (group.IpPermissions ?? []).flatMap(fromPermission),
  tags: tagsOf(group.Tags),
})
