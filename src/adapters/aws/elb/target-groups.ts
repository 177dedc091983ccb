import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeTargetGroupsCommand,
  ModifyTargetGroupCommand,
  type ProtocolEnum,
  RegisterTargetsCommand,
  type TargetGroup as AwsTargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Tags, TargetGroup, TargetHealthCheck } from '../../../domain/provision/resources'
import type { TargetGroups } from '../../../ports/target-groups'
import { answered, unlessGone } from '../client/answer'
import { type AwsClient, refusedWith } from '../client/client'
import { pages } from '../client/pages'
import type { SdkClients } from '../client/sdk-clients'
import { tagList } from '../convert'
import { defined } from '../../../domain/defined'
import type { CachedReads } from '../reads/cached-reads'
import { elbTags } from './elb-tags'

const gone = /^TargetGroupNotFound$/

/** Target groups as things that are made and deleted. */
export function createTargetGroups({ elb }: SdkClients, aws: AwsClient, reads: CachedReads): TargetGroups {
  const targets = (instances: readonly string[]) => instances.map((Id) => ({ Id }))

  return {
    all: async () => {
      const found = await pages(async (Marker) => {
        const page = await aws.read('DescribeTargetGroups', () =>
          elb.send(new DescribeTargetGroupsCommand({ Marker })),
        )
        return { items: page.TargetGroups, next: page.NextMarker }
      })
      const tags = await elbTags(
        elb,
        aws,
        found.flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []),
      )
      return found.map((one) => toTargetGroup(one, tags.get(one.TargetGroupArn ?? '')))
    },

    named: async (name) => {
      // An empty list would describe every target group.
      if (name === '') return undefined
      try {
        const { TargetGroups: [found] = [] } = await aws.read('DescribeTargetGroups', () =>
          elb.send(new DescribeTargetGroupsCommand({ Names: [name] })),
        )
        const arn = found?.TargetGroupArn
        if (found === undefined || arn === undefined) return undefined
        return toTargetGroup(found, (await elbTags(elb, aws, [arn])).get(arn))
      } catch (error) {
        if (refusedWith(error, gone)) return undefined
        throw error
      }
    },

    create: ({ name, vpc, protocol, protocolVersion, port, healthCheck = {}, tags }) =>
      answered({ exists: /^DuplicateTargetGroupName$/ }, async () => {
        const { TargetGroups: [made] = [] } = await aws.change('CreateTargetGroup', () =>
          elb.send(
            new CreateTargetGroupCommand({
              Name: name,
              VpcId: vpc,
              Protocol: protocol as ProtocolEnum,
              ProtocolVersion: protocolVersion,
              Port: port,
              TargetType: 'instance',
              ...checkInput(healthCheck),
              Tags: tagList(tags),
            }),
          ),
        )
        return made?.TargetGroupArn ?? ''
      }),

    setHealthCheck: async (arn, check) => {
      await aws.change('ModifyTargetGroup', () =>
        elb.send(new ModifyTargetGroupCommand({ TargetGroupArn: arn, ...checkInput(check) })),
      )
    },

    register: async (arn, instances) => {
      if (instances.length === 0) return
      const input = { TargetGroupArn: arn, Targets: targets(instances) }
      await reads.changingTargets(arn, () =>
        aws.change('RegisterTargets', () => elb.send(new RegisterTargetsCommand(input))),
      )
    },

    deregister: async (arn, instances) => {
      if (instances.length === 0) return
      const input = { TargetGroupArn: arn, Targets: targets(instances) }
      await reads.changingTargets(arn, () =>
        unlessGone(/^(TargetGroupNotFound|InvalidTarget)$/, () =>
          aws.change('DeregisterTargets', () => elb.send(new DeregisterTargetsCommand(input))),
        ),
      )
    },

    delete: (arn) =>
      answered({ 'in-use': /^ResourceInUse$/ }, () =>
        unlessGone(gone, () =>
          aws.change('DeleteTargetGroup', () =>
            elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn })),
          ),
        ),
      ),
  }
}

const checkInput = (check: Partial<TargetHealthCheck>) =>
  defined({
    HealthCheckProtocol: check.protocol as ProtocolEnum | undefined,
    HealthCheckPath: check.path,
    HealthCheckPort: check.port,
    HealthCheckIntervalSeconds: check.intervalSeconds,
    HealthCheckTimeoutSeconds: check.timeoutSeconds,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    Matcher: check.codes === undefined ? undefined : { HttpCode: check.codes },
  })

const toTargetGroup = (group: AwsTargetGroup, tags: Tags = {}): TargetGroup => ({
  arn: group.TargetGroupArn ?? '',
  name: group.TargetGroupName ?? '',
  vpc: group.VpcId ?? '',
  protocol: group.Protocol ?? '',
  protocolVersion: group.ProtocolVersion ?? '',
  port: group.Port ?? 0,
  targetType: group.TargetType ?? '',
  healthCheck: {
    protocol: group.HealthCheckProtocol ?? '',
    path: group.HealthCheckPath ?? '',
    port: group.HealthCheckPort ?? '',
    intervalSeconds: group.HealthCheckIntervalSeconds ?? 0,
    timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 0,
    healthyThreshold: group.HealthyThresholdCount ?? 0,
    unhealthyThreshold: group.UnhealthyThresholdCount ?? 0,
    codes: group.Matcher?.HttpCode ?? '',
  },
  loadBalancers: group.LoadBalancerArns ?? [],
  tags,
})
