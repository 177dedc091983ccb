import type { InstanceStateChange } from '@aws-sdk/client-ec2'
import type { View } from '../engine/simulation'
import type { Ec2Handlers } from '../handlers'
import { AwsError } from '../wire/error'
import type { Instance } from './state'
import type { World } from '../world'
import { byIds, checkId, ec2Page, stopDryRun, TokenBook, tagsFor } from './common'
import { type Fields, select } from './filters'
import { launchInstance, securityGroupsOf, terminateInstance } from './launch'
import { imageOf } from './parameters'
import { templateTags, versionOf } from './template-lookup'
import { codes, describeInstance, statusOf } from './instance-shapes'

const instanceMissing = (ids: string) =>
  new AwsError(
    'InvalidInstanceID.NotFound',
    ids.includes(',') ? `The instance IDs '${ids}' do not exist` : `The instance ID '${ids}' does not exist`,
  )

const fields: Fields<Instance> = {
  'instance-id': (instance) => [instance.id],
  'instance-state-name': (instance) => [instance.state],
  'instance-state-code': (instance) => [String(codes[instance.state])],
  'instance-type': (instance) => [instance.type],
  'image-id': (instance) => [instance.imageId],
  'subnet-id': (instance) => [instance.subnet],
  'vpc-id': (instance) => [instance.vpc],
  'availability-zone': (instance) => [instance.zone],
  'private-ip-address': (instance) => [instance.privateIp],
  'instance.group-id': (instance) => instance.securityGroups,
  'key-name': (instance) => [instance.keyName],
  'client-token': (instance) => [instance.clientToken],
}

const tokens = new TokenBook<string[]>()

export const instanceHandlers = {
  DescribeInstances(view, input) {
    stopDryRun(input)
    if (input.InstanceIds?.length && input.MaxResults !== undefined)
      throw new AwsError(
        'InvalidParameterCombination',
        'The parameter instancesSet cannot be used with the parameter maxResults',
      )
    const found = select(wanted(view, input.InstanceIds), input.Filters, fields)
    const { items, next } = ec2Page(found, input, [5, 1000])
    return {
      Reservations: items.map((instance) => ({
        ReservationId: `r-${instance.id.slice(2)}`,
        OwnerId: view.world.account,
        Groups: [],
        Instances: [describeInstance(view.world, instance)],
      })),
      NextToken: next,
    }
  },

  DescribeInstanceStatus(view, input) {
    stopDryRun(input)
    const all = wanted(view, input.InstanceIds)
    const shown = input.IncludeAllInstances ? all : all.filter((instance) => instance.state === 'running')
    const { items, next } = ec2Page(select(shown, input.Filters, fields), input, [5, 1000])
    return {
      InstanceStatuses: items.map((instance) => {
        const status = statusOf(view.now, instance)
        return {
          InstanceId: instance.id,
          AvailabilityZone: instance.zone,
          InstanceState: { Code: codes[instance.state], Name: instance.state },
          InstanceStatus: status,
          SystemStatus: status,
          Events: [],
        }
      }),
      NextToken: next,
    }
  },

  /** Minimal: an image and a type, directly or through a template, in one subnet. */
  RunInstances(sim, input) {
    if (input.MinCount > input.MaxCount || input.MinCount < 1)
      throw new AwsError(
        'InvalidParameterValue',
        `Value (${input.MinCount}) for parameter minCount is invalid.`,
      )
    const version = input.LaunchTemplate && versionOf(sim.world, input.LaunchTemplate, sim.now)
    const data = version?.data ?? {}
    const named = input.ImageId ?? data.ImageId
    if (!named) throw new AwsError('MissingParameter', 'The request must contain the parameter ImageId')
    const imageId = imageOf(sim.world, named)
    const subnet = input.SubnetId ?? defaultSubnet(sim.world)
    const { SecurityGroups, SecurityGroupIds } = input
    const given = {
      ...(SecurityGroups && { SecurityGroups }),
      ...(SecurityGroupIds && { SecurityGroupIds }),
    }
    stopDryRun(input)
    const { ClientToken, ...request } = input
    const ids = tokens.once(sim, ClientToken, request, () =>
      Array.from({ length: input.MaxCount }, () => {
        const tags = new Map([
          ...(version ? templateTags(version, 'instance') : []),
          ...tagsFor(input.TagSpecifications, 'instance', ['instance', 'volume', 'network-interface']),
        ])
        return launchInstance(sim, {
          imageId,
          devices: input.BlockDeviceMappings ?? data.BlockDeviceMappings ?? [],
          spot: (input.InstanceMarketOptions ?? data.InstanceMarketOptions)?.MarketType === 'spot',
          type: input.InstanceType ?? data.InstanceType ?? 'm1.small',
          subnet,
          securityGroups: securityGroupsOf({ ...data, ...given }),
          keyName: input.KeyName ?? data.KeyName,
          tags,
          clientToken: ClientToken,
          protectedFromTermination: input.DisableApiTermination ?? false,
        }).id
      }),
    )
    const launched = ids.map((id) => sim.world.instances.get(id)).filter((one) => one !== undefined)
    if (launched.some((instance) => instance.state === 'terminated'))
      throw new AwsError('IdempotentInstanceTerminated', 'The instance of this client token is terminated.')
    return {
      ReservationId: sim.newId('r'),
      OwnerId: sim.world.account,
      Groups: [],
      Instances: launched.map((instance) => describeInstance(sim.world, instance)),
    }
  },

  TerminateInstances(sim, input) {
    const instances = input.InstanceIds.map((id) => {
      checkId(id, 'i', 'InvalidInstanceID')
      const instance = sim.world.instances.get(id)
      if (!instance) throw instanceMissing(id)
      if (instance.protectedFromTermination)
        throw new AwsError(
          'OperationNotPermitted',
          `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
        )
      return instance
    })
    stopDryRun(input)
    const changes = instances.map((instance): InstanceStateChange => {
      const before = instance.state
      terminateInstance(sim, instance)
      return {
        InstanceId: instance.id,
        PreviousState: { Code: codes[before], Name: before },
        CurrentState: { Code: codes[instance.state], Name: instance.state },
      }
    })
    return { TerminatingInstances: changes }
  },
} satisfies Ec2Handlers

/** aws: API reference, RunInstances, SubnetId: without one, a default subnet of the default VPC. */
function defaultSubnet(world: World): string {
  for (const { id, defaultForZone } of world.subnets.values()) if (defaultForZone) return id
  throw new AwsError('MissingInput', 'No subnets found for the default VPC. Please specify a subnet.')
}

function wanted({ world, now }: View, ids: readonly string[] | undefined): Instance[] {
  for (const id of ids ?? []) checkId(id, 'i', 'InvalidInstanceID')
  return byIds(world.instances, ids, now, instanceMissing)
}
