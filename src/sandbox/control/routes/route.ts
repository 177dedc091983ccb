import { z } from 'zod'
import type { SlackSimulator } from '../../slack'
import type { Obj } from '../../slack/json'
import type { Outcome } from '../../slack/interact/outcome'
import type { Channel, User } from '../../slack/workspace/model'
import { findChannel, findUser } from '../../slack/workspace/find'
import { HttpError } from '../http'
import type { Bots, World } from '../world'

/** What the control routes work on. */
export interface Control {
  slack: SlackSimulator
  world: World
  bots: Bots
}
interface Request {
  query: URLSearchParams
  body: unknown
}
/** One control route: gives its JSON answer; throws HttpError where it cannot. */
type Route = (control: Control, request: Request) => unknown
/** Routes by `METHOD /path`. */
export type Routes = { [route: string]: Route }

/** The body in the form that a route wants; 400 with what is wrong where it is not. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new HttpError(400, 'bad_request', z.prettifyError(result.error))
}

/** A person by id or name; 404 with the names there are. */
export function person({ slack: { workspace } }: Control, nameOrId: string): User {
  const user = findUser(workspace, nameOrId)
  if (user && !user.isBot && !user.deleted) return user
  const names = [...workspace.users.values()]
    .filter((one) => !one.isBot && !one.deleted)
    .map((one) => one.name)
  throw new HttpError(404, 'unknown_user', `There is no user "${nameOrId}", but ${names.join(', ')}.`)
}

/** The same for a page that has just begun: the first person there is where it names nobody known. */
export function personOrFirst(control: Control, nameOrId: string): User {
  const { users } = control.slack.workspace
  const [first] = [...users.values()].filter((one) => !one.isBot)
  return findUser(control.slack.workspace, nameOrId) ?? first ?? person(control, nameOrId)
}

/** A channel by id or name that the person is in; 404 otherwise. */
export function channelFor({ slack: { workspace } }: Control, user: User, nameOrId: string): Channel {
  const channel = findChannel(workspace, nameOrId, user.id)
  if (channel?.members.has(user.id)) return channel
  throw new HttpError(404, 'unknown_channel', `${user.name} is in no channel "${nameOrId}".`)
}

/** The answer for what a person did: 200 also where the app failed them, 4xx where the request was wrong. */
export function answer<T>(outcome: Outcome<T>, body: (good: T) => Obj = () => ({})): Obj {
  if (outcome.ok) return { ok: true, ...body(outcome) }
  if (appFailures.has(outcome.error))
    return { ok: false, error: outcome.error, message: outcome.message, replies: [] }
  const status = outcome.error === 'confirm_required' ? 409 : outcome.error.startsWith('unknown_') ? 404 : 400
  throw new HttpError(status, outcome.error, outcome.message, outcome.details)
}
const appFailures = new Set(['operation_timeout', 'dispatch_failed', 'invalid_response_action'])
