import { BlockList, isIP } from 'node:net'

/*
 * Which addresses may be sent to. Only what the IANA registries "IPv4/IPv6 Special-Purpose Address Space" do not set apart
 * is public: of IPv6 that is a part of 2000::/3, so that everything that holds an IPv4 address within it (mapped, NAT64,
 * 6to4, Teredo) is not.
 */
const listOf = (family: 'ipv4' | 'ipv6', subnets: readonly string[]): BlockList => {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [address = '', prefix] = subnet.split('/')
    list.addSubnet(address, Number(prefix), family)
  }
  return list
}

const special4 = listOf('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])
const global6 = listOf('ipv6', ['2000::/3'])
const special6 = listOf('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])

/** One's own network: private addresses, those of carriers' NAT, this machine itself. */
const own4 = listOf('ipv4', ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'])
const own6 = listOf('ipv6', ['::1/128', 'fc00::/7'])

/**
 * Where clouds tell an instance its credentials, within those: AWS by IPv6 (EC2 User Guide, "Access instance metadata"; ECS
 * and EKS Pod Identity likewise), Alibaba Cloud. The others are link-local.
 */
const metadata4 = listOf('ipv4', ['100.100.100.200/32'])
const metadata6 = listOf('ipv6', ['fd00:ec2::/32'])

/** Whether an address may be sent to; `internal` says that the receiver stands in one's own network. */
export const mayReach = (address: string, internal: boolean): boolean => {
  const family = isIP(address)
  if (family === 4) {
    if (metadata4.check(address)) return false
    return !special4.check(address) || (internal && own4.check(address))
  }
  // A zone (fe80::1%eth0) belongs to addresses of a link, which are none of these.
  if (family !== 6 || address.includes('%') || metadata6.check(address, 'ipv6')) return false
  const isPublic = global6.check(address, 'ipv6') && !special6.check(address, 'ipv6')
  return isPublic || (internal && own6.check(address, 'ipv6'))
}
