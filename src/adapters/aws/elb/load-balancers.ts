import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  type LoadBalancer as AwsLoadBalancer,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { LoadBalancer, Tags } from '../../../domain/provision/resources'
import type { LoadBalancers } from '../../../ports/load-balancers'
import { answered, unlessGone } from '../client/answer'
import { type AwsClient, refusedWith } from '../client/client'
import { pages } from '../client/pages'
import type { SdkClients } from '../client/sdk-clients'
import { tagList } from '../convert'
import { defined } from '../../../domain/defined'
import { elbTags } from './elb-tags'

const gone = /^LoadBalancerNotFound$/

/** Load balancers, read when asked: they are looked at while a fleet is built or removed. */
export function createLoadBalancers({ elb }: SdkClients, aws: AwsClient): LoadBalancers {
  return {
    all: async () => {
      const found = await pages(async (Marker) => {
        const page = await aws.read('DescribeLoadBalancers', () =>
          elb.send(new DescribeLoadBalancersCommand({ Marker })),
        )
        return { items: page.LoadBalancers, next: page.NextMarker }
      })
      const tags = await elbTags(
        elb,
        aws,
        found.flatMap(({ LoadBalancerArn }) => LoadBalancerArn ?? []),
      )
      return found.map((one) => toLoadBalancer(one, tags.get(one.LoadBalancerArn ?? '')))
    },

    isProtected: async (arn) => {
      try {
        const { Attributes = [] } = await aws.read('DescribeLoadBalancerAttributes', () =>
          elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn })),
        )
        return Attributes.some(({ Key, Value }) => Key === 'deletion_protection.enabled' && Value === 'true')
      } catch (error) {
        if (refusedWith(error, gone)) return false
        throw error
      }
    },

    named: async (name) => {
      // An empty list would describe every load balancer.
      if (name === '') return undefined
      try {
        const { LoadBalancers: [found] = [] } = await aws.read('DescribeLoadBalancers', () =>
          elb.send(new DescribeLoadBalancersCommand({ Names: [name] })),
        )
        const arn = found?.LoadBalancerArn
        if (found === undefined || arn === undefined) return undefined
        return toLoadBalancer(found, (await elbTags(elb, aws, [arn])).get(arn))
      } catch (error) {
        if (refusedWith(error, gone)) return undefined
        throw error
      }
    },

    create: ({ name, scheme, subnets, securityGroups, tags }) =>
      answered(
        { exists: /^DuplicateLoadBalancerName$/, unknown: /^(InvalidSecurityGroup|SubnetNotFound)$/ },
        async () => {
          const { LoadBalancers: [made] = [] } = await aws.change('CreateLoadBalancer', () =>
            elb.send(
              new CreateLoadBalancerCommand({
                Name: name,
                Type: 'application',
                Scheme: scheme,
                IpAddressType: 'ipv4',
                Subnets: [...subnets],
                SecurityGroups: [...securityGroups],
                Tags: tagList(tags),
              }),
            ),
          )
          return made?.LoadBalancerArn ?? ''
        },
      ),

    setSecurityGroups: async (arn, groups) => {
      const input = { LoadBalancerArn: arn, SecurityGroups: [...groups] }
      await aws.change('SetSecurityGroups', () => elb.send(new SetSecurityGroupsCommand(input)))
    },

    setSubnets: async (arn, subnets) => {
      const input = { LoadBalancerArn: arn, Subnets: [...subnets] }
      await aws.change('SetSubnets', () => elb.send(new SetSubnetsCommand(input)))
    },

    delete: (arn) =>
      answered({ protected: /^OperationNotPermitted$/, 'in-use': /^ResourceInUse$/ }, () =>
        unlessGone(gone, () =>
          aws.change('DeleteLoadBalancer', () =>
            elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn })),
          ),
        ),
      ),
  }
}

const toLoadBalancer = (balancer: AwsLoadBalancer, tags: Tags = {}): LoadBalancer =>
  defined({
    arn: balancer.LoadBalancerArn ?? '',
    name: balancer.LoadBalancerName ?? '',
    dnsName: balancer.DNSName ?? '',
    type: balancer.Type ?? '',
    scheme: balancer.Scheme ?? '',
    vpc: balancer.VpcId ?? '',
    state: balancer.State?.Code ?? '',
    stateReason: balancer.State?.Reason,
    subnets: (balancer.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
    securityGroups: balancer.SecurityGroups ?? [],
    tags,
  })
