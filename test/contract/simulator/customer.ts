import { request } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { type LoadBalancerServer, serveLoadBalancers } from '../../../src/sandbox/aws/traffic/server'
import type { Lab } from './lab'

/** What a customer got. */
export interface Got {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A customer of the simulated load balancers, over HTTP; time passes while it waits for an answer. */
export async function customerOf(at: Lab, balancer = 'Web-ALB') {
  const server: LoadBalancerServer = await serveLoadBalancers(at.aws.world, at.aws.traffic.dataPlane, {
    port: 0,
  })
  /** Asks, and lets no time pass. */
  const ask = (path = '/', headers: Record<string, string> = {}, method = 'GET'): Promise<Got> =>
    new Promise((resolve, reject) => {
      const target = path.startsWith('//') ? path.slice(1) : `/_lb/${balancer}${path}`
      const call = request(`${server.url}${target}`, { method, headers, agent: false }, (response) => {
        let body = ''
        response.on('data', (chunk: Buffer) => (body += chunk.toString()))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        )
      })
      call.on('error', reject)
      call.end()
    })
  /** Lets time pass in small steps until the answer is there. */
  const answered = async (asked: Promise<Got>): Promise<Got> => {
    for (;;) {
      const got = await Promise.race([asked, setImmediate(undefined)])
      if (got) return got
      at.clock.advanceBy(5)
    }
  }
  return {
    ask,
    get: (path?: string, headers?: Record<string, string>) => answered(ask(path, headers)),
    answered,
    /** Who answers so many requests, one after the other. */
    async served(count: number, headers?: Record<string, string>): Promise<(string | number)[]> {
      const by: (string | number)[] = []
      for (let at = 0; at < count; at += 1) {
        const { status, headers: its } = await answered(ask('/', headers))
        by.push(status === 200 ? String(its['x-instance-id']) : status)
      }
      return by
    },
    url: server.url,
    close: () => server.close(),
  }
}

/** How often each comes up. */
export function tally(list: readonly (string | number)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const one of list) counts[one] = (counts[one] ?? 0) + 1
  return counts
}
