import type { Obj } from '../json'
import type { Timer } from '../timer'
import type { Triggers } from '../workspace/tickets'
import type { Workspace } from '../workspace/workspace'
import type { Args } from './args'

/** What a Web API method works on. */
export interface Context {
  workspace: Workspace
  triggers: Triggers
  timer: Timer
  /** A new single-use URL for one Socket Mode connection. */
  openConnection: () => string
  args: Args
}
/** One method of the Web API. */
export interface Method {
  /** Which kind of token it takes. */
  token: 'bot' | 'app'
  /** All of these scopes are needed. */
  scopes: string[]
  /** Calls a minute that its tier allows: https://docs.slack.dev/apis/web-api/rate-limits */
  perMinute: number
  /** What the limit is counted by, beside the method itself (a channel for chat.postMessage). */
  limitedBy?: (args: Args) => string
  /** Gives the answer without its `ok`; throws ApiError for Slack's refusals. */
  run(context: Context): Obj
}
export type Methods = { [name: string]: Method }

/** Slack's tiers, in calls a minute. */
export const tier = { one: 1, two: 20, three: 50, four: 100, post: 60 } as const
