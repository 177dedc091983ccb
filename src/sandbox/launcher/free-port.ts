import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'

/** A loopback port that nobody listens on now: any, or this one; rejects where it is taken. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
