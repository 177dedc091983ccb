import { Agent, request } from 'node:http'

/** What a steady client got. */
export interface Got {
  readonly requests: number
  /** Requests that ended with 500 or above, or with no answer at all, and how often each. */
  readonly failures: Readonly<Record<string, number>>
}

/** Asks a load balancer at a steady rate over HTTP, whatever its answers take, until it is stopped. */
export const steadyClient = (url: string, perSecond: number): { stop(): Promise<Got> } => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const failures: Record<string, number> = {}
  const under = new Set<Promise<void>>()
  let requests = 0
  const ask = (): Promise<void> =>
    new Promise((resolve) => {
      const end = (failure?: string) => {
        if (failure !== undefined) failures[failure] = (failures[failure] ?? 0) + 1
        resolve()
      }
      const call = request(url, { agent }, (response) => {
        const { statusCode = 0 } = response
        response.resume()
        response.on('end', () => end(statusCode >= 500 ? String(statusCode) : undefined))
      })
      call.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
      call.end()
    })
  const timer = setInterval(() => {
    requests += 1
    const one = ask()
    under.add(one)
    void one.then(() => under.delete(one))
  }, 1000 / perSecond)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(under)
      agent.destroy()
      return { requests, failures }
    },
  }
}
