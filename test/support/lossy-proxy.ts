import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Stands between a client and a server, and can lose the server's answers. */
export interface LossyProxy {
  readonly port: number
  /** From now on what the server answers is dropped, and the connection with it. */
  lose(): void
  /** Lets answers through again, on new connections. */
  restore(): void
  close(): Promise<void>
}

export const lossyProxy = async (target: number): Promise<LossyProxy> => {
  let losing = false
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
    client.pipe(upstream)
    upstream.on('data', (answer) => (losing ? client.destroy() : client.write(answer)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    lose: () => (losing = true),
    restore: () => (losing = false),
    close: async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}
