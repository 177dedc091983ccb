import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Stands between a client and a server, and can lose the server's answers or keep the client's questions. */
export interface LossyProxy {
  readonly port: number
  /** From now on what the server answers is dropped, and the connection with it. */
  lose(): void
  /** From now on what is asked on new connections waits. */
  hold(): void
  /** How many connections wait. */
  held(): number
  /** Lets answers through again, on new connections, and what waits. */
  restore(): void
  close(): Promise<void>
}

export const lossyProxy = async (target: number): Promise<LossyProxy> => {
  let losing = false
  let holding = false
  let waiting: readonly (() => void)[] = []
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    const forward = () => void client.pipe(upstream)
    if (holding) waiting = [...waiting, forward]
    else forward()
    upstream.on('data', (answer) => (losing ? client.destroy() : client.write(answer)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    lose: () => (losing = true),
    hold: () => (holding = true),
    held: () => waiting.length,
    restore: () => {
      losing = false
      holding = false
      for (const forward of waiting) forward()
      waiting = []
    },
    close: async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}
