import type { SlackSimulator } from '../../src/sandbox/slack'
import { createSlack } from '../../src/sandbox/slack'
import type { Tokens } from '../../src/sandbox/slack/seed'
import { newTokens, seedWorkspace } from '../../src/sandbox/slack/seed'
import type { Timer } from '../../src/sandbox/slack/timer'
import { realTimer } from '../../src/sandbox/slack/timer'
import { serveControl } from '../../src/sandbox/control/server'
import type { Bots, World } from '../../src/sandbox/control/world'

/** A simulated Slack that listens, with its tokens and its control routes. */
export interface SlackWorld {
  slack: SlackSimulator
  tokens: Tokens
  url: string
  apiUrl: string
  /** Calls a control route with the token; gives status and JSON. */
  control(method: string, path: string, body?: unknown): Promise<{ status: number; json: ControlAnswer }>
  close(): Promise<void>
}
/** What control routes answer, as far as tests look at it. */
interface ControlAnswer {
  ok?: boolean
  error?: string
  message?: string
  response_action?: string
  replies?: { text: string; blocks: unknown[]; ts: string }[]
  details?: unknown
  ts?: string
  errors?: unknown
  [key: string]: unknown
}

/** Starts one on a free port; close it at the end. */
export async function startSlack(
  options: { limits?: boolean; token?: string; world?: World; bots?: Bots; timer?: Timer } = {},
): Promise<SlackWorld> {
  const tokens = newTokens()
  const slack = createSlack({
    seed: seedWorkspace(tokens),
    limits: options.limits ?? false,
    ...(options.timer ? { timer: options.timer } : {}),
  })
  const token = options.token ?? 'test-token'
  const world = options.world ?? emptyWorld
  const bots = options.bots ?? noBots
  const server = await serveControl({ slack, world, bots }, { port: 0, token, page: 'dist/page' })
  const url = `http://127.0.0.1:${server.port}`
  return {
    slack,
    tokens,
    url,
    apiUrl: `${url}/api/`,
    async control(method, path, body) {
      const response = await fetch(`${url}/control/${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, json: (await response.json()) as ControlAnswer }
    },
    close: () => server.close(),
  }
}

const emptyWorld: World = {
  fleet: () => ({
    now: 0,
    speed: 1,
    loadBalancers: [],
    securityGroups: [],
    targetGroups: [],
    groups: [],
    instances: [],
    images: [],
    templates: [],
    schedules: [],
  }),
  traffic: () => ({ now: 0, loadBalancers: [] }),
  setTraffic: () => false,
  calls: () => [],
  plantImage: () => '',
  setFault: () => 'aws-1',
  clearFaults: () => {},
  faults: () => [],
  onFaults: () => () => {},
  onChange: () => () => {},
  onCall: () => () => {},
  speed: () => 1,
  setSpeed: () => {},
  setBackups: () => {},
  shownAt: (real) => real,
}
const noBots: Bots = {
  list: () => [],
  kill: () => false,
  start: () => false,
  restart: () => Promise.resolve(),
  onChange: () => () => {},
}

/** Resolves as soon as `check` gives something; fails after a while. */
export async function until<T>(
  check: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const value = await check()
    if (value !== undefined && value !== false) return value
    if (Date.now() > deadline) throw new Error('It did not happen in time.')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Real time that can be put forward, so that what expires does so at once. */
export function forwardTimer(): Timer & { forward(milliseconds: number): void } {
  let ahead = 0
  return {
    now: () => realTimer.now() + ahead,
    after: realTimer.after,
    forward(milliseconds) {
      ahead += milliseconds
    },
  }
}
