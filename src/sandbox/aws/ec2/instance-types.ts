import type { _InstanceType } from '@aws-sdk/client-ec2'
import type { Ec2Handlers } from '../handlers'
import { AwsError } from '../wire/error'
import { ec2Page, stopDryRun } from './common'
import { select } from './filters'

export const instanceTypeHandlers = {
  DescribeInstanceTypes(_view, input) {
    stopDryRun(input)
    const known = Object.entries(instanceTypes)
    const wanted = known.filter(
      ([name]) => !input.InstanceTypes?.length || input.InstanceTypes.some((one) => one === name),
    )
    for (const name of input.InstanceTypes ?? [])
      if (!Object.hasOwn(instanceTypes, name))
        throw new AwsError(
          'InvalidInstanceType',
          `The following supplied instance types do not exist: [${name}]`,
        )
    return {
      InstanceTypes: wanted.map(([name, [cpus, gib]]) => ({
        InstanceType: name as NonNullable<typeof input.InstanceTypes>[number],
        CurrentGeneration: true,
        VCpuInfo: vcpuInfo(cpus, cpuOptionsOf(name)),
        MemoryInfo: { SizeInMiB: gib * 1024 },
        ProcessorInfo: { SupportedArchitectures: [architectureOf(name)] },
      })),
    }
  },

  /** Every type that the simulator knows is offered everywhere in the region. */
  DescribeInstanceTypeOfferings({ world }, input) {
    stopDryRun(input)
    const { LocationType = 'region' } = input
    const places: Readonly<Record<string, readonly string[]>> = {
      region: [world.region],
      'availability-zone': world.zones.map(({ name }) => name),
      'availability-zone-id': world.zones.map(({ id }) => id),
    }
    const all = Object.keys(instanceTypes).flatMap((type) =>
      (places[LocationType] ?? []).map((location) => ({ type, location, tags: new Map<string, string>() })),
    )
    const found = select(all, input.Filters, {
      'instance-type': ({ type }) => [type],
      location: ({ location }) => [location],
    })
    const { items, next } = ec2Page(found, input, [5, 1000])
    return {
      InstanceTypeOfferings: items.map(({ type, location }) => ({
        InstanceType: type as _InstanceType,
        LocationType,
        Location: location,
      })),
      NextToken: next,
    }
  },
} satisfies Ec2Handlers

/** Graviton's families have a `g` after their generation (Amazon EC2 instance types guide, "Naming conventions"). */
export const architectureOf = (type: string): 'arm64' | 'x86_64' =>
  /^[a-z]+\d+g/.test(type) ? 'arm64' : 'x86_64'

/** MiB. */
export const memoryOf = (type: string): number => (instanceTypes[type]?.[1] ?? 1) * 1024

const vcpuInfo = (cpus: number, { CoreCount, ThreadsPerCore }: ReturnType<typeof cpuOptionsOf>) => ({
  DefaultVCpus: cpus,
  DefaultCores: CoreCount,
  DefaultThreadsPerCore: ThreadsPerCore,
})

/** The cores of an instance of this type: two threads each, but in T2 (Amazon EC2 user guide, "Supported CPU options"). */
export const cpuOptionsOf = (type: string) => {
  const cpus = instanceTypes[type]?.[0] ?? 1
  const ThreadsPerCore = type.startsWith('t2.') || cpus === 1 ? 1 : 2
  return { CoreCount: cpus / ThreadsPerCore, ThreadsPerCore }
}

/** Virtual CPUs and GiB of memory. */
export const instanceTypes: Readonly<Record<string, readonly [number, number]>> = {
  't2.nano': [1, 0.5],
  't2.micro': [1, 1],
  't2.small': [1, 2],
  't2.medium': [2, 4],
  't3.nano': [2, 0.5],
  't3.micro': [2, 1],
  't3.small': [2, 2],
  't3.medium': [2, 4],
  't3.large': [2, 8],
  't3.xlarge': [4, 16],
  't4g.micro': [2, 1],
  't4g.small': [2, 2],
  't4g.medium': [2, 4],
  'm5.large': [2, 8],
  'm5.xlarge': [4, 16],
  'm5.2xlarge': [8, 32],
  'm5a.large': [2, 8],
  'm6g.large': [2, 8],
  'm6g.xlarge': [4, 16],
  'c5.large': [2, 4],
  'c5.xlarge': [4, 8],
  'c5.2xlarge': [8, 16],
  'c5.4xlarge': [16, 32],
  'c6g.large': [2, 4],
  'r5.large': [2, 16],
  'r5.xlarge': [4, 32],
}
