import type { Subscriber } from '../connection/subscriber'

/** That something changed, told soon to all who listen. */
export interface News {
  listen(listener: () => void): () => void
}

/** Real milliseconds between looks without news: what is told while the connection is lost is told to nobody. */
const pollInterval = 2_000

/** News by publish and subscribe, with looking anyway beneath. */
export const newsOn = (subscriber: Subscriber, channel: string): News => ({
  listen: (listener) => {
    let stopped = false
    const tell = () => {
      if (!stopped) listener()
    }
    const { stop, heard } = subscriber.listen(channel, tell)
    // What changed before it could be heard is looked at, too.
    heard.then(tell, () => {})
    const timer = setInterval(tell, pollInterval)
    timer.unref()
    return () => {
      stopped = true
      clearInterval(timer)
      stop()
    }
  },
})
