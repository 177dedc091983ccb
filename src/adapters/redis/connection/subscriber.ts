import type { Redis } from 'ioredis'

/** One connection that listens, for all who listen. It connects when the first one does. */
export interface Subscriber {
  /** Gives a function that stops it, and a promise of when it hears for the first time. */
  listen(
    channel: string,
    listener: (message: string) => void,
  ): { readonly stop: () => void; readonly heard: Promise<unknown> }
}

/** `open` opens a `subscriber` connection; it subscribes again by itself when the connection was lost. */
export const subscriberOn = (open: () => Redis): Subscriber => {
  const channels = new Map<string, { listeners: Set<(message: string) => void>; heard: Promise<unknown> }>()
  let client: Redis | undefined
  const connection = () => {
    if (client !== undefined) return client
    client = open()
    client.on('message', (channel: string, message: string) =>
      channels.get(channel)?.listeners.forEach((listener) => listener(message)),
    )
    return client
  }
  return {
    listen: (channel, listener) => {
      const known = channels.get(channel) ?? {
        listeners: new Set(),
        heard: connection().subscribe(channel),
      }
      known.heard.catch(() => undefined)
      channels.set(channel, known)
      known.listeners.add(listener)
      return { stop: () => void known.listeners.delete(listener), heard: known.heard }
    },
  }
}
