import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Stands between a process and its store, and ends the process's life at one of its commands. */
export interface KillingProxy {
  readonly port: number
  /** From here on commands are counted; at the `nth` the process dies: before the store has it, or after it took effect. */
  arm(nth: number, when: 'before' | 'after'): void
  /** The command at which it died; undefined while it lives. */
  diedAt(): string | undefined
  close(): Promise<void>
}

const lineEnd = Buffer.from('\r\n')

/** The first whole command in a buffer and what is behind it: RESP, "Sending commands to a Redis server". */
const firstCommand = (
  buffer: Buffer,
): { readonly size: number; readonly words: readonly string[] } | undefined => {
  const numberAt = (at: number): { readonly value: number; readonly next: number } | undefined => {
    const end = buffer.indexOf(lineEnd, at)
    return end < 0 ? undefined : { value: Number(buffer.subarray(at + 1, end)), next: end + 2 }
  }
  const count = numberAt(0)
  if (!count) return undefined
  let at = count.next
  const words: string[] = []
  for (let word = 0; word < count.value; word++) {
    const length = numberAt(at)
    if (!length || buffer.length < length.next + length.value + 2) return undefined
    words.push(buffer.subarray(length.next, length.next + length.value).toString())
    at = length.next + length.value + 2
  }
  return { size: at, words }
}

export const killingProxy = async (target: number): Promise<KillingProxy> => {
  let left = Infinity
  let side: 'before' | 'after' = 'before'
  let died: string | undefined
  const sockets = new Set<Socket>()
  const die = () => {
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((client) => {
    if (died !== undefined) return void client.destroy()
    const upstream = connect(target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
      })
    }
    // Nobody hears any more what the store says to a process that is dead.
    upstream.on('data', (answer) => died === undefined && client.write(answer))
    let unread = Buffer.alloc(0)
    client.on('data', (part: Buffer) => {
      unread = Buffer.concat([unread, part])
      for (;;) {
        const command = firstCommand(unread)
        if (!command || died !== undefined) return
        const bytes = unread.subarray(0, command.size)
        unread = unread.subarray(command.size)
        left -= 1
        if (left > 0) {
          upstream.write(bytes)
          continue
        }
        died = command.words.slice(0, 2).join(' ')
        if (side === 'before') return die()
        // The store carries out what it has before it sees that the connection is over.
        upstream.once('close', die)
        upstream.end(bytes)
        return
      }
    })
    client.on('close', () => (died === undefined ? upstream.destroy() : undefined))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    arm: (nth, when) => {
      left = nth
      side = when
    },
    diedAt: () => died,
    close: async () => {
      server.close()
      die()
      await once(server, 'close')
    },
  }
}
