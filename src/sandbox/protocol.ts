/** What the sandbox's server, its page and its control routes say to each other, as JSON. */

export interface InstanceView {
  id: string
  group?: string
  imageId: string
  imageName?: string
  /** EC2 state: pending, running, shutting-down, terminated, … */
  state: string
  /** Auto Scaling lifecycle, where it is in a group: Pending, InService, Standby, Terminating, … */
  lifecycle?: string
  healthStatus?: string
  protectedFromScaleIn?: boolean
  templateVersion?: number
  /** Units that it counts, where it is more than one. */
  weight?: number
  /** The lifecycle hook that it waits for. */
  waitsFor?: string
  zone: string
  type: string
  launchedAt: number
  tags: Record<string, string>
}
export interface TargetView {
  instance: string
  port: number
  state: string
  reason?: string
}
export interface TargetGroupView {
  arn: string
  name: string
  /** Listeners or rules that forward to it, with their weights. */
  weight?: number
  inUse: boolean
  drainSeconds: number
  targets: TargetView[]
}
export interface LoadBalancerView {
  arn: string
  name: string
  dns: string
  state: string
  targetGroups: string[]
}
export interface GroupView {
  name: string
  min: number
  desired: number
  max: number
  cooldown: number
  templateName?: string
  templatePin?: string
  /** It has a mixed instances policy; its sizes are units then. */
  mixed?: true
  /** Units that its instances count together. */
  units?: number
  /** Instances in its warm pool. */
  warm?: number
  templateVersion?: number
  suspended: string[]
  terminationPolicies: string[]
  targetGroups: string[]
  tags: Record<string, string>
  refresh?: { id: string; status: string; percent: number; reason?: string }
  instances: string[]
}
interface TemplateView {
  id: string
  name: string
  default: number
  latest: number
  versions: {
    number: number
    imageId?: string
    imageName?: string
    description?: string
    createdAt: number
  }[]
}
export interface ImageView {
  id: string
  name: string
  state: string
  percent?: number
  createdAt: number
  tags: Record<string, string>
}
interface ScheduleView {
  group: string
  name: string
  start?: number
  end?: number
  recurrence?: string
  timezone?: string
  min?: number
  max?: number
  desired?: number
}
/** `GET /control/fleet` */
export interface SecurityGroupView {
  id: string
  name: string
  description: string
  vpc: string
  /** Each rule in words, e.g. `80 from Web-ALB-SG`. */
  waysIn: string[]
  /** Interfaces of load balancers that are deleted and still hold it. */
  heldByDeleted: number
}

export interface FleetView {
  /** Simulated instant, milliseconds since the epoch. */
  now: number
  speed: number
  loadBalancers: LoadBalancerView[]
  targetGroups: TargetGroupView[]
  groups: GroupView[]
  /** Without those that AWS makes with each VPC. */
  securityGroups: SecurityGroupView[]
  instances: InstanceView[]
  images: ImageView[]
  templates: TemplateView[]
  schedules: ScheduleView[]
  /** AWS Backup takes an image of the web server each night. */
  backups?: true
}

/** `POST /control/images`: an image that no call of this account could make. Answers `{ok, id}`. */
export interface ForeignImage {
  name: string
  description?: string
  /** The account that owns it; this one where left out. */
  owner?: string
  /** Accounts that may launch it; `all` makes it public. */
  permissions?: string[]
  architecture?: 'arm64'
  state?: 'available' | 'disabled'
  encrypted?: boolean
  /** ISO 8601. */
  deprecatedAt?: string
  tags?: Record<string, string>
}

/** `GET /control/calls?since=` */
export interface CallRecord {
  /** Simulated instant. */
  time: number
  /** Rises by one a call: what `since` compares. */
  sequence: number
  service:
    | 'ec2'
    | 'autoscaling'
    | 'elasticloadbalancing'
    | 'servicequotas'
    | 'cloudwatch'
    | 'ssm'
    | 'sqs'
    | 'events'
  action: string
  /** Whether the action changes anything. */
  mutating: boolean
  input: unknown
  /** The AWS error code, where it failed. */
  error?: string
  result?: unknown
}

/** `POST /control/faults` takes one of these and gives `{ok: true, id}`; `DELETE /control/faults[?id=]` clears. */
export type Fault =
  /** AWS answers with its throttling error; `times` calls (default: until cleared). */
  | { kind: 'throttle'; action?: string; code?: string; message?: string; status?: number; times?: number }
  /** AWS answers with an error and does nothing. */
  | {
      kind: 'error-before'
      action?: string
      code?: string
      message?: string
      status?: number
      times?: number
    }
  /** AWS does it and answers with an error. */
  | { kind: 'error-after'; action?: string; code?: string; message?: string; status?: number; times?: number }
  /** AWS gives no answer at all, and does nothing. */
  | { kind: 'silent' }
  /** The worker's policy does not allow an action: AWS refuses it in each service's own words. */
  | { kind: 'denied'; action: string }
  /** Reads answer as the world was this many simulated seconds ago. */
  | { kind: 'late-consistency'; seconds: number }
  /** Instances launched from now on never get healthy; of one group or one image only where named. */
  | { kind: 'never-healthy'; group?: string; image?: string }
  /** Instances launched from now on end while they are pending, as with a key that may not be used. */
  | { kind: 'dies-pending'; group?: string; image?: string; reason?: string }
  /** Launches fail with InsufficientInstanceCapacity. */
  | { kind: 'capacity-shortage'; zone?: string }
  /** Each subnet has only so many addresses for instances. */
  | { kind: 'few-addresses'; addresses: number; zone?: string }
  /** The account may run only so many vCPUs. */
  | { kind: 'vcpu-quota'; vcpus: number }
  /** Images being baked end as failed. */
  | { kind: 'image-fails'; name?: string }
  /** The application of an image (by id or name) answers a share of requests with 500, and so many times slower. */
  | { kind: 'bad-version'; image: string; errors?: number; latency?: number }
  /** So many times as many customers; at one load balancer only where named. */
  | { kind: 'burst'; factor: number; loadBalancer?: string }
  /** What the application waits for takes so many milliseconds more, for each request. */
  | { kind: 'slow-dependency'; milliseconds: number; loadBalancer?: string }
  /** EventBridge loses a share of events, of one source (by how it begins) only where named; brings them seconds later, twice, or in another order. */
  | { kind: 'events'; source?: string; lost?: number; late?: number; doubled?: number; reordered?: boolean }
  /** Slack answers 429 with Retry-After. */
  | { kind: 'slack-ratelimit'; method?: string; seconds: number; times?: number }
  /** Slack does not answer: connections are cut, the Web API is refused. */
  | { kind: 'slack-down' }
  /** The next commands and clicks reach the app twice, as Slack now and then does. */
  | { kind: 'slack-duplicate'; times?: number }
  /** A method of Slack's Web API, or `response_url`, refuses with this error; in one channel only where named. */
  | { kind: 'slack-refuses'; error: string; method?: string; channel?: string; times?: number }
  /** The channel is archived; the app's bot was taken out of it. By id or name. */
  | { kind: 'slack-archived'; channel: string }
  | { kind: 'slack-removed'; channel: string }
  /** The bot's token is no longer taken (`token_revoked`, or the error named). */
  | { kind: 'slack-revoked'; error?: string }

/** What became of requests; times in simulated milliseconds. */
export interface TallyView {
  requests: number
  succeeded: number
  /** Answers of the application. */
  target4xx: number
  target5xx: number
  /** Answers of the load balancer in place of the application: 502, 503, 504. */
  balancer5xx: number
  /** Requests that no application answered, and why: no-target, dead-instance, cut, overloaded, too-slow. */
  lost: number
  lostBy: { [reason: string]: number }
  /** Of the applications' answers; absent where there are none. */
  p50?: number
  p99?: number
}
/** `GET /control/traffic`: what customers see, by load balancer, since the start and in the last simulated minute. */
export interface TrafficView {
  /** Simulated instant, milliseconds since the epoch. */
  now: number
  loadBalancers: (TallyView & {
    loadBalancer: string
    /** Where it answers on SANDBOX_LB_PORT. */
    path: string
    /** The whole of that address, where the load balancers are served. */
    address?: string
    /** Of simulated customers, on the average of a day. */
    requestsPerSecond: number
    curve: 'flat' | 'daily'
    versions: (TallyView & { version: string })[]
    recent: TallyView & {
      /** How many simulated seconds this covers. */
      seconds: number
      versions: (TallyView & { version: string })[]
      /** `share` of all requests, 0 to 1; `cpu` in percent. */
      instances: (TallyView & { instance: string; version: string; share: number; cpu: number })[]
    }
  })[]
}

/**
 * A message as one user sees it: `GET /control/messages?user=&channel=`. Blocks are Block Kit as posted, with the
 * block and action ids that Slack makes up. `user` may be the bot (`U0ROLLCALL`) or Slack itself (`USLACKBOT`).
 */
export interface MessageView {
  ts: string
  /** When it was posted, in simulated time: its `ts` is real time. Milliseconds since the epoch. */
  at: number
  thread_ts?: string
  channel: string
  user: string
  text: string
  blocks: unknown[]
  ephemeral: boolean
  edited: boolean
  /** Posted by the app and not by a person. */
  app?: boolean
  /** A reply in a thread that is shown in the channel too. */
  broadcast?: boolean
  reactions?: { name: string; users: string[] }[]
}

export interface PersonaView {
  id: string
  name: string
  title: string
  /** IANA, what dates in messages are shown in. */
  timezone?: string
  /** As Slack writes it, e.g. `ko-KR`. */
  locale?: string
}
export interface ChannelView {
  id: string
  name: string
  /** The user's direct messages with the bot. */
  direct?: boolean
}
export interface BotView {
  role: string
  pid?: number
  state: 'starting' | 'running' | 'stopped'
}
/** An open modal of one user. */
export interface OpenView {
  id: string
  user: string
  /** As Slack's API gives it: title, blocks, submit, close, `state.values` with what is filled in so far, … */
  view: unknown
  /** What the app found wrong with the last submission, by block id. */
  errors?: { [block: string]: unknown }
  /** Its place in the stack of open modals, from 1. */
  depth: number
}

/** Every control route answers failures with this and a 4xx or 5xx status. */
export interface ControlFailure {
  ok: false
  /** A reason code, e.g. `unknown_user`, `confirm_required`. */
  error: string
  message: string
  /** What helps: the confirm dialog, the known actions or inputs, faults by block id. */
  details?: unknown
}

/**
 * What a person chose or typed in an element: text as typed, an option's value, `YYYY-MM-DD`, `HH:mm`,
 * Unix seconds, an id; a list where several may be chosen; null where nothing is.
 */
export type FieldValue = string | number | string[] | null
/** Values of a form or a message: by block_id, then by action_id. */
export type FieldValues = Record<string, Record<string, FieldValue>>
/** `POST /control/click`: one interaction with an element of a message (channel, ts), of a form or of the Home (view). */
export interface ClickRequest {
  user: string
  channel?: string
  ts?: string
  view?: string
  /** action_id, or the label of a button. */
  action: string
  /** block_id, where several elements carry one action_id. */
  block?: string
  /** The confirm dialog was shown and answered with yes. */
  confirm?: boolean
  /** What was chosen, for anything but a button. */
  value?: FieldValue
  /** What the form or message holds at that moment, as Slack's `state.values`. */
  values?: FieldValues
}
/** Reply of every POST: `ok`, or the reason as Slack or the sandbox names it. */
export interface ControlReply {
  ok: boolean
  error?: string
  /** Of `POST /control/submit`: what the app found wrong, by block_id (`response_action: errors`). */
  errors?: Record<string, string>
  /** Of `POST /control/options`: what a menu that asks the app offers, as Block Kit's options. */
  options?: object[]
}

/**
 * `GET /control/stream?user=<id>&token=<token>`: server-sent events, each `data:` one of these. It begins with
 * `hello`, then `messages` of each channel, and `view` and `home` where there are any. After a reconnect the same
 * again: what the page holds is then replaced.
 */
export type StreamEvent =
  | {
      type: 'hello'
      personas: PersonaView[]
      channels: ChannelView[]
      speed: number
      bots: BotView[]
      fleet: FleetView
      faults: { id: string; fault: Fault }[]
      /** The app's own user, by which its messages are signed. */
      app?: { id: string; name: string }
      /** Slash commands the app has registered. */
      commands?: { command: string; usage: string; description: string }[]
      /** The last calls, oldest first (100 at most). */
      calls?: CallRecord[]
    }
  /** Messages of a channel as this user sees them were added, changed or removed. */
  | { type: 'messages'; channel: string; messages: MessageView[]; removed: string[] }
  | { type: 'view'; view: OpenView | null }
  | { type: 'home'; user: string; view: unknown }
  | { type: 'fleet'; fleet: FleetView }
  /** What customers see, some times a second. */
  | { type: 'traffic'; traffic: TrafficView }
  | { type: 'call'; call: CallRecord }
  | { type: 'bots'; bots: BotView[] }
  | { type: 'faults'; faults: { id: string; fault: Fault }[] }
  /** Something Slack itself says to this user, e.g. that the app did not respond. */
  | { type: 'notice'; text: string }

/**
 * The form of the routes that DESIGN.md keeps stable, where it leaves room:
 * - `POST /control/command {user, channel, text}`: `text` as typed, with or without its `/asg`. Where the app does not
 *   acknowledge, `{ok: false, error: 'operation_timeout' | 'dispatch_failed', message, replies: []}` with status 200;
 * - `POST /control/click {user, channel, ts, action, confirm?, value?}`: `value` is what is chosen in a menu (an
 *   option's value or label), picker or input; `{user, view, action, …}` instead is a click in a form or the Home.
 *   Answers `{ok, replies}`; 409 `confirm_required` with the dialog in `details.confirm` where `confirm: true` lacks;
 * - `POST /control/submit {user, view?, values}`: `view` by id or callback_id (default: the topmost form); `values` by
 *   block id, action id or label, each a plain value (`"v2"`, an option's value, a list of them, unix seconds).
 *   Answers `{ok, response_action: 'close' | 'errors' | 'update' | 'push' | 'clear', errors?}`; 400 `invalid_input`
 *   with `details.errors` by block id where Slack's own form would not send it.
 *
 * Further routes, all with the bearer token:
 * - `POST /control/traffic {loadBalancer, requestsPerSecond, curve?}`: simulated customers of a load balancer, by its name;
 *   `curve` is `flat` (the default) or `daily`; 404 `unknown_load_balancer` with the names that there are;
 * - `POST /control/speed {speed}`: another pace from now on (the bot is restarted at it and resumes);
 * - `POST /control/backups {on}`: AWS Backup takes an image of the web server at once and each night at 01:00 in Seoul, or
 *   no more; the bot is restarted with a catalogue by which `web` follows them daily at 02:00, or without;
 * - `POST /control/images {name, owner?, permissions?, architecture?, …}` → `{ok, id}`: an image of another account, of
 *   another architecture or disabled; all other shapes of fleets are made by AWS's own calls;
 * - `POST /control/bot {role, do: 'kill' | 'start'}`: kill -9 of the bot, or its start;
 * - `POST /control/home {user}`: the user opens the app's Home; `GET /control/home?user=`: what it shows;
 * - `POST /control/message {user, channel, text, thread_ts?}` → `{ok, ts}`: a person writes in a channel or thread;
 * - `POST /control/mention {user, channel, text, thread_ts?, edit?, team?}`: a message that mentions the bot; `edit`
 *   is the `ts` of one of that person's messages, whose text is changed instead; `team` has it come from a person of
 *   another workspace, who may be somebody unknown by an id of Slack's form. `user` may be another app's bot, too;
 * - `POST /control/options {user, view? | channel, ts, action, block?, query}` → `{ok, options}` or `{ok,
 *   option_groups}`: a person types into a menu that asks the app (`external_select`);
 * - `POST /control/shortcut {user, shortcut, channel?, ts?}`: a shortcut by callback_id or name;
 * - `POST /control/close {user, view?}`: closes a form; `GET /control/views?user=`: the open ones, topmost last;
 * - `GET /control/faults`: the faults that are set; `POST /control/reconnect`: Slack recycles the app's connections.
 */
