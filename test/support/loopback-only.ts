import { lookup } from 'node:dns/promises'
import { Agent } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import { BlockList, isIP } from 'node:net'
import { Duplex } from 'node:stream'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

const isLoopback = (address: string): boolean =>
  isIP(address) !== 0 && loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Throws unless every address of the endpoint's host is this machine's own: nothing may reach the real AWS. */
export async function requireLoopback(endpoint: string): Promise<void> {
  const host = new URL(endpoint).hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) === 0 ? await lookup(host, { all: true }) : [{ address: host }]
  const outside = addresses.find(({ address }) => !isLoopback(address))
  if (addresses.length === 0 || outside !== undefined)
    throw new Error(`${endpoint} is not on loopback (${outside?.address ?? 'no address'}): refusing to run`)
}

type Connecting = Parameters<Agent['createConnection']>

/** Fails a connection as the network would: by its callback. */
const refuse = ([{ host }, connected]: Connecting, why: string): undefined => {
  const error = new Error(`refusing to connect to ${host ?? 'anywhere'}: ${why}`)
  connected?.(error, new Duplex())
}

/** Connections that would leave this machine are refused at the last moment, whatever the settings say. */
class LoopbackAgent extends Agent {
  override createConnection(...connecting: Connecting) {
    const host = connecting[0].host ?? ''
    const near = isLoopback(host) || host === 'localhost'
    return near ? super.createConnection(...connecting) : refuse(connecting, 'not on loopback')
  }
}
class NoAgent extends SecureAgent {
  override createConnection(...connecting: Connecting): undefined {
    return refuse(connecting, 'TLS is no simulator’s')
  }
}

/** Options of the SDK's HTTP handler by which a client can reach nothing but plain HTTP on this machine. */
export const loopbackHandler = () => ({
  httpAgent: new LoopbackAgent({ keepAlive: true, maxSockets: 50 }),
  httpsAgent: new NoAgent(),
  requestTimeout: 20_000,
  throwOnRequestTimeout: true,
})
