import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/** A server before this one that calls itself another version, of as many signs. */
export const disguised = async (port: number, version: string) => {
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    for (const socket of [client, upstream]) socket.on('error', () => {})
    client.pipe(upstream)
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    upstream.on('data', (answer) => {
      const text = answer.toString('latin1')
      const told = text.replace(/redis_version:\d+\.\d+\.\d+/, (is) =>
        `redis_version:${version}`.padEnd(is.length),
      )
      client.write(Buffer.from(told, 'latin1'))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `redis://127.0.0.1:${address.port}`, close: () => server.close() }
}
