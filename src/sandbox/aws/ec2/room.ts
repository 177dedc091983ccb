import type { Faults } from '../engine/faults'
import type { World } from '../world'
import { cpuOptionsOf } from './instance-types'
import type { Instance, Subnet } from './state'

/** AWS keeps the first four addresses of a subnet and the last (Amazon VPC user guide, "Subnet CIDR blocks"). */
const kept = 5

/** Addresses of a subnet that no instance has. */
export const freeAddresses = (world: World, faults: Faults, subnet: Subnet): number => {
  const size = 2 ** (32 - Number(subnet.cidr.split('/')[1])) - kept
  const taken = [...world.instances.values()].filter((one) => one.subnet === subnet.id && hasAddress(one))
  return Math.max(0, Math.min(size, faults.addressesIn(subnet.zone)) - taken.length)
}

const hasAddress = ({ state }: Instance) => state !== 'terminated'

/** So many as an account that is used has been granted; all types of the simulator are of the Standard families. */
const granted = 10_000

/** vCPUs that may run: the quota of the Standard instance families. */
export const vcpuQuota = (faults: Faults): number => Math.min(granted, faults.vcpus())

/** vCPUs that count to the quota: those of instances that are pending or running. */
export const vcpusInUse = ({ instances }: World): number =>
  [...instances.values()]
    .filter(({ state }) => state === 'pending' || state === 'running')
    .reduce((sum, { type }) => sum + vcpusOf(type), 0)

export const vcpusOf = (type: string): number => {
  const { CoreCount, ThreadsPerCore } = cpuOptionsOf(type)
  return CoreCount * ThreadsPerCore
}
