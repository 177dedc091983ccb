import type { Obj } from '../json'
import type { State } from './state'

export interface User {
  id: string
  name: string
  realName: string
  /** What the person is in the sandbox, e.g. "operator". */
  title: string
  /** BCP 47, e.g. ko-KR. */
  locale: string
  /** IANA zone. */
  tz: string
  isBot: boolean
  /** The workspace that the person belongs to, where it is another one (Slack Connect). */
  teamId?: string
  /** A guest of several channels (`is_restricted`) or of one (`is_ultra_restricted`). */
  guest?: 'multi' | 'single'
  /** Deactivated: it cannot be written to, but its messages stay. */
  deleted?: boolean
  /** Of another app's bot user. */
  botId?: string
}
export interface UserGroup {
  id: string
  handle: string
  name: string
  users: string[]
}
export interface Channel {
  id: string
  name: string
  kind: 'public' | 'private' | 'im'
  members: Set<string>
  archived?: boolean
}
export interface Message {
  /** `seconds.micros`: the message's id within its channel. */
  ts: string
  channel: string
  user: string
  text: string
  blocks: Obj[]
  attachments: Obj[]
  threadTs?: string
  /** The only reader of an ephemeral message. */
  onlyFor?: string
  /** Whether a reply in a thread is shown in the channel too. */
  broadcast?: boolean
  edited?: { user: string; ts: string }
  metadata?: Obj
  reactions: { name: string; users: string[] }[]
  /** Interactive elements' values, as readers have set them. */
  state: State
  /** The response_url that it came by, or whose acknowledgement carried it. */
  respondsTo?: string
}
export interface View {
  id: string
  user: string
  type: 'modal' | 'home'
  /** What the app gave: title, submit, close, blocks with ids, private_metadata, … */
  content: Obj
  hash: string
  rootId: string
  previousId?: string
  /** The values people have put in so far. */
  state: State
  /** What the app found wrong with them when the form was sent, by block id. */
  errors?: Obj
}
/** The installed app: what its manifest and its installation say. */
export interface App {
  id: string
  /** Its bot's user name. */
  name: string
  displayName: string
  teamId: string
  teamDomain: string
  botId: string
  botUserId: string
  botToken: string
  appToken: string
  signingSecret: string
  verificationToken: string
  botScopes: string[]
  appScopes: string[]
  commands: { name: string; shouldEscape: boolean; usage: string; description: string }[]
  shortcuts: { callbackId: string; name: string; type: 'global' | 'message' }[]
  events: string[]
  /** Whether clicks, forms and shortcuts reach the app. */
  interactivity: boolean
  /** Whether the app can be asked for the options of menus: by Socket Mode, or where there is a URL for it. */
  suggestions: boolean
  /** The tabs of its App Home. */
  home: { homeTab: boolean; messagesTab: boolean; readOnly: boolean }
}

/** What changed in the workspace, for those who watch it. */
export type Change =
  | { kind: 'message'; message: Message; removed: boolean }
  | { kind: 'views'; user: string }
  | { kind: 'home'; user: string }
  /** Slack itself says something to one user. */
  | { kind: 'notice'; user: string; text: string }

/** Slack's own account, which speaks where an app could not. */
export const slackbot = 'USLACKBOT'
