import type { BlockAction, BlockSuggestion, SlackShortcut, SlashCommand, ViewSubmitAction } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import {
  clickFrom,
  commandFrom,
  mentionFrom,
  shortcutFrom,
  submissionFrom,
  suggestionFrom,
  visitorFrom,
} from '../../../src/adapters/slack/inbound/payloads'
import { slackPeople } from '../../../src/adapters/slack/people'
import { commands } from '../../../src/commands'
import type { Action } from '../../../src/domain/access/action'
import type { Catalogue } from '../../../src/domain/catalogue/catalogue'
import type { Responder } from '../../../src/ports/inbox'
import { catalogue as example, frontDesk } from '../../support/gateway-deps'
import { silentLog } from '../../support/silent-log'
import { VirtualTime } from '../../support/virtual-time'

// Who may do what by which way into Slack: every kind of person, command, service and way, each from the payload that Slack
// would send. The rights stand here once more, written out, and not as the bot works them out. The door has a matrix of its
// own (unit/door/matrix.test.ts).

const home = { team: 'T0' }
const ownPeople: Catalogue['people'] = new Map([
  ['operators', { users: ['U0OPERATOR', 'U0ASKER'], groups: ['S0OPS'] }],
  ['approvers', { users: ['U0APPROVER', 'U0NAMEDAPPROVER'], groups: [] }],
  ['watchers', { users: ['U0NAMEDGUEST', 'U0NAMEDSTRANGER'], groups: [] }],
])
const catalogue: Catalogue = {
  ...example,
  people: ownPeople,
  rules: [
    { service: '*', actions: ['status', 'history', 'help'], allow: ['everyone'] },
    { service: 'web', actions: ['*'], allow: ['operators'] },
    { service: 'web', actions: ['status'], allow: ['watchers'] },
    {
      service: 'shop',
      actions: ['deploy'],
      allow: ['operators'],
      approval: { by: 'approvers', count: 1, expires: 3_600_000 },
    },
  ],
}

type Service = 'web' | 'shop'
type Right = `${Action} ${Service}`
const onBoth = (...actions: Action[]): readonly Right[] =>
  actions.flatMap((action): Right[] => [`${action} web`, `${action} shop`])
const ofMembers = onBoth('status', 'history', 'show', 'windows', 'handover', 'stats')
const ofWatchers: readonly Right[] = ['status web', 'show web', 'windows web', 'handover web', 'stats web']
const ofOperators: readonly Right[] = [
  ...ofMembers,
  'deploy shop',
  // Of a deploy of web no approval is asked.
  ...commands.map(({ name }): Right => `${name} web`).filter((right) => right !== 'approve web'),
]
/** To whom it was given to agree to a deploy of shop, and who is a member. */
const ofApprovers: readonly Right[] = [...ofMembers, 'approve shop']

interface Kind {
  readonly user: string
  /** What users.info says of them, beside the id. slack: reference/objects/user-object */
  readonly info: object
  /** The workspace that their payloads name. */
  readonly team?: string
  /** Set on what an app writes. */
  readonly bot?: string
  readonly may: readonly Right[]
}
const kinds: { readonly [name: string]: Kind } = {
  'an operator': { user: 'U0OPERATOR', info: {}, may: ofOperators },
  'an operator by a user group': { user: 'U0GROUPED', info: {}, may: ofOperators },
  'an approver': { user: 'U0APPROVER', info: {}, may: ofApprovers },
  'a member': { user: 'U0MEMBER', info: {}, may: ofMembers },
  'an administrator of the workspace': {
    user: 'U0ADMIN',
    info: { is_admin: true, is_owner: true, is_primary_owner: true },
    may: ofMembers,
  },
  'a guest of several channels': { user: 'U0GUEST', info: { is_restricted: true }, may: [] },
  'a guest of one channel': {
    user: 'U0SINGLE',
    info: { is_restricted: true, is_ultra_restricted: true },
    may: [],
  },
  'a guest whom the catalogue names': {
    user: 'U0NAMEDGUEST',
    info: { is_restricted: true },
    may: ofWatchers,
  },
  'a guest who is named as an approver': {
    user: 'U0NAMEDAPPROVER',
    info: { is_ultra_restricted: true },
    may: [],
  },
  'a person of another workspace': {
    user: 'U0STRANGER',
    info: { team_id: 'T0PARTNER', is_stranger: true },
    team: 'T0PARTNER',
    may: [],
  },
  'a person of another workspace whom the catalogue names': {
    user: 'U0NAMEDSTRANGER',
    info: { team_id: 'T0PARTNER', is_stranger: true },
    team: 'T0PARTNER',
    may: ofWatchers,
  },
  'a member’s id out of another workspace': { user: 'U0MEMBER', info: {}, team: 'T0PARTNER', may: [] },
  'who has left': { user: 'U0GONE', info: { deleted: true }, may: [] },
  'a bot': { user: 'U0BOT', info: { is_bot: true }, bot: 'B0BOT', may: [] },
  'an app that writes as a member': { user: 'U0MEMBER', info: {}, bot: 'B0APP', may: [] },
  'a workflow': { user: 'U0FLOW', info: { is_workflow_bot: true }, may: [] },
  Slackbot: { user: 'USLACKBOT', info: {}, may: [] },
  'an id that Slack does not know': { user: 'U0NOBODY', info: { team_id: undefined }, may: [] },
  'the id of a machine': { user: 'machines.ci', info: { team_id: undefined }, may: [] },
}

/** The app's own client, of which only who somebody is and who is in a group is asked. */
const client = {
  auth: { test: async () => ({ ok: true, team_id: home.team }) },
  users: {
    info: async ({ user }: { readonly user: string }) => {
      const known = Object.values(kinds).find((kind) => kind.user === user)
      return { ok: true, user: { id: user, team_id: home.team, ...known?.info } }
    },
  },
  usergroups: { users: { list: async () => ({ ok: true, users: ['U0GROUPED'] }) } },
} as unknown as WebClient

const peopleOfSlack = () => {
  const left = new Map<string, boolean>()
  return slackPeople({
    client,
    store: {
      remember: async () => {},
      rememberFullMember: async (user, is) => void left.set(user, is),
      groupsOf: async (user, among) => (left.get(user) === true ? among : []),
    },
    groups: ['S0OPS'],
    time: new VirtualTime(),
    log: silentLog,
  })
}

/** A line for each command, about a service or an operation of it. */
const lines: { readonly [action in Exclude<Action, 'help' | 'override' | 'webhooks'>]?: string } = {
  deploy: 'deploy SERVICE v2',
  status: 'status SERVICE',
  rollback: 'rollback SERVICE',
  swap: 'swap SERVICE',
  finish: 'finish SERVICE',
  cancel: 'cancel OPERATION',
  bake: 'bake SERVICE v2',
  roll: 'roll SERVICE 3',
  scale: 'scale SERVICE 3',
  schedule: 'schedule SERVICE tomorrow 8pm for 3h desired=3',
  schedules: 'schedules SERVICE',
  reschedule: 'reschedule OPERATION desired=4',
  unschedule: 'unschedule OPERATION',
  images: 'images SERVICE',
  'update-image': 'update-image SERVICE',
  prune: 'prune SERVICE',
  provision: 'provision SERVICE',
  teardown: 'teardown SERVICE',
  approve: 'approve OPERATION',
  lock: 'lock SERVICE "incident"',
  unlock: 'unlock SERVICE',
  windows: 'windows SERVICE',
  handover: 'handover SERVICE',
  stats: 'stats SERVICE',
  history: 'history SERVICE',
  show: 'show OPERATION',
}

/** Marks what the worker tells of a service: nothing of it reaches whom nothing is allowed. */
const secret = 'v-of-'
const denial = /You are not allowed to run|You are not an approver|Only full members|Only .* can confirm/

/** A gateway at whose desk an operation of each service has begun, asked for by somebody else. */
const world = async () => {
  const desk = frontDesk({ catalogue, people: peopleOfSlack() })
  desk.answers.status = async (query) =>
    query.ask === 'status'
      ? query.services.map((service) => ({ service, locks: [], queue: [], version: `${secret}${service}` }))
      : []
  const starts = async (service: Service): Promise<string> => {
    const person = { user: 'U0ASKER', team: 'T0' }
    const { acks } = await desk.say('alice', `deploy ${service} v1`, { person })
    return /`([a-z]+-[a-z0-9]{5})`/.exec(acks[0]?.text ?? '')?.[1] ?? ''
  }
  const plan = { version: 'v1', tasks: [], calls: [], warnings: [], fingerprint: 'shown' }
  const ids = { web: '', shop: '' }
  const over = { web: '', shop: '' }
  for (const service of ['web', 'shop'] as const) {
    over[service] = await starts(service)
    await desk.write(over[service], {
      phase: 'ended',
      plan: { ...plan, service },
      ending: { kind: 'succeeded', at: desk.time.now(), left: [] },
    })
    ids[service] = await starts(service)
    await desk.write(ids[service], { phase: 'approving', plan: { ...plan, service } })
  }
  return { desk, ids, over }
}
type World = Awaited<ReturnType<typeof world>>

const filled = (line: string, service: Service, { ids }: World): string =>
  line.replace('SERVICE', service).replace('OPERATION', ids[service])

let turn = 0
/** What a person sends, as Slack's payloads have it; only what the bot reads is there. */
const payloads = ({ user, team, bot }: Kind) => {
  turn += 1
  const own = { id: team ?? home.team, domain: 'x' }
  const actor = {
    user: { id: user, team_id: own.id, username: 'x', name: 'x' },
    team: own,
    trigger_id: `trigger-${turn}`,
    token: '',
    api_app_id: 'A0',
  }
  const envelope = { team_id: home.team, event_id: `Ev${turn}`, is_ext_shared_channel: team !== undefined }
  return {
    delivery: `delivery-${turn}`,
    slash: (text: string) =>
      commandFrom(
        {
          user_id: user,
          team_id: own.id,
          channel_id: 'C0OPS',
          text,
          trigger_id: `t-${turn}`,
        } as SlashCommand,
        `delivery-${turn}`,
        home,
      ),
    mention: (text: string, channel: string) =>
      mentionFrom(
        {
          user,
          text: `<@U0ROLLCALL> ${text}`,
          channel,
          ts: `${turn}.000100`,
          ...(team !== undefined && { user_team: team, team }),
          ...(bot !== undefined && { bot_id: bot }),
        },
        envelope as Parameters<typeof mentionFrom>[1],
        { ...home, botUser: 'U0ROLLCALL' },
      ),
    click: (verb: string, value: object) =>
      clickFrom(
        {
          ...actor,
          type: 'block_actions',
          actions: [{ type: 'button', action_id: verb, value: JSON.stringify(value) }],
          container: { type: 'message', message_ts: `${turn}.000200` },
          channel: { id: 'C0OPS', name: 'ops' },
        } as unknown as BlockAction,
        `delivery-${turn}`,
        home,
      ),
    submission: (form: string, values: { readonly [block: string]: string }) =>
      submissionFrom(
        {
          ...actor,
          type: 'view_submission',
          view: {
            id: 'V0',
            callback_id: form,
            private_metadata: JSON.stringify({ form, channel: 'C0OPS' }),
            state: {
              values: Object.fromEntries(
                Object.entries(values).map(([block, value]) => [block, { [block]: { value } }]),
              ),
            },
          },
        } as unknown as ViewSubmitAction,
        `delivery-${turn}`,
        home,
      ),
    suggestion: (form: string, typed: string) =>
      suggestionFrom(
        {
          ...actor,
          type: 'block_suggestion',
          action_id: 'service',
          value: typed,
          view: { id: 'V0', callback_id: form, private_metadata: JSON.stringify({ form }) },
        } as unknown as BlockSuggestion,
        `delivery-${turn}`,
        home,
      ),
    shortcut: (name: string, text: string) =>
      shortcutFrom(
        {
          ...actor,
          type: 'message_action',
          callback_id: name,
          channel: { id: 'C0OPS', name: 'ops' },
          message: { ts: '1.0', text },
        } as unknown as SlackShortcut,
        `delivery-${turn}`,
        home,
      ),
    visit: () => visitorFrom({ user }, envelope as Parameters<typeof visitorFrom>[1], home),
  }
}

/** Bots and apps only write: Slack sends no command, click or form of theirs. */
const writesAlone = ({ bot }: Kind): boolean => bot !== undefined

/** What somebody was answered, in all. */
const listening = () => {
  const said: string[] = []
  const answer: Responder = {
    ack: async (message) => void said.push(message?.text ?? ''),
    respond: async (message) => void said.push(message.text),
  }
  return { said, answer }
}

/** What is recorded, and what was asked of the worker or shown in a form: nothing that is denied may change any of it. */
const stateOf = async ({ desk }: World): Promise<string> =>
  JSON.stringify([await desk.operations(), await desk.locks.all(), desk.woken.length])

/** The ways by which a line is said; each gives what was answered. */
const ways: {
  readonly [way: string]: (
    at: World,
    kind: Kind,
    action: string,
    service: Service,
    line: string,
  ) => Promise<string> | undefined
} = {
  'a slash command': (at, kind, _action, _service, line) => {
    if (writesAlone(kind)) return undefined
    const { said, answer } = listening()
    return at.desk.inbox.command(payloads(kind).slash(line), answer).then(() => said.join('\n'))
  },
  'a mention': (at, kind, _action, _service, line) => written(at, kind, line, 'C0OPS'),
  'a direct message': (at, kind, _action, _service, line) => written(at, kind, line, 'D0DIRECT'),
  'a button that runs a line': (at, kind, _action, _service, line) =>
    clicked(at, kind, 'run_command', { line }),
  'a form': async (at, kind, action, service) => {
    if (writesAlone(kind) || fields[action] === undefined) return ''
    const values = { service, ...fields[action] }
    const submitted = await at.desk.inbox.submit(payloads(kind).submission(action, values))
    // What takes longer than Slack waits is told afterwards.
    for (let turns = 0; turns < 5; turns++) await new Promise<void>((resolve) => setImmediate(resolve))
    const told = at.desk.whispers.splice(0).map(({ text }) => text)
    return [
      ...told,
      submitted.next === 'correct' ? Object.values(submitted.errors).join('\n') : submitted.next,
    ].join('\n')
  },
}
const written = (at: World, kind: Kind, line: string, channel: string) => {
  const incoming = payloads(kind).mention(line, channel)
  if (incoming === undefined) return undefined
  const { said, answer } = listening()
  return at.desk.inbox.command(incoming, answer).then(() => said.join('\n'))
}
const clicked = (at: World, kind: Kind, verb: string, value: object) => {
  const click = writesAlone(kind) ? undefined : payloads(kind).click(verb, value)
  if (click === undefined) return undefined
  const { said, answer } = listening()
  return at.desk.inbox.click(click, answer).then(() => said.join('\n'))
}

/** What the form of a command is filled with, for those that have one of a service and little else. */
const fields: { readonly [form: string]: { readonly [block: string]: string } } = {
  deploy: { new_version: 'v2' },
  bake: { new_version: 'v2' },
  roll: { template_version: '3' },
  lock: { reason: 'incident' },
  ...Object.fromEntries(
    [
      'rollback',
      'swap',
      'finish',
      'images',
      'update-image',
      'prune',
      'provision',
      'teardown',
      'cancel',
      'unlock',
    ].map((form) => [form, {}]),
  ),
}

const mayDo = ({ may }: Kind, action: string, service: Service): boolean =>
  may.some((right) => right === `${action} ${service}`)

/** Counts what was looked at, and collects what was not as it should be. */
const tally = () => {
  const wrong: string[] = []
  let count = 0
  return {
    wrong,
    count: () => count,
    async look(
      what: string,
      at: World,
      may: boolean,
      does: () => Promise<string> | undefined,
    ): Promise<boolean> {
      const before = await stateOf(at)
      const answered = await does()
      if (answered === undefined || answered === '') return false
      count += 1
      if (!may && answered.includes(secret)) wrong.push(`${what}: was told ${answered.slice(0, 160)}`)
      if (denial.test(answered) === may)
        wrong.push(`${what}: ${may ? 'denied' : 'let in'}: ${answered.slice(0, 160)}`)
      if (!may && (await stateOf(at)) !== before) wrong.push(`${what}: denied, and something changed`)
      return may
    },
  }
}

test('each command that there is stands in the matrix', () => {
  expect(Object.keys(lines).toSorted()).toEqual(
    commands
      .map(({ name }) => name as string)
      .filter((name) => name !== 'help')
      .toSorted(),
  )
})

test('by each way everybody does what the rules say, and nothing else', async () => {
  const { wrong, count, look } = tally()
  for (const [name, kind] of Object.entries(kinds)) {
    let at = await world()
    for (const [way, say] of Object.entries(ways))
      for (const [action, line] of Object.entries(lines))
        for (const service of ['web', 'shop'] as const) {
          const what = `${name}, ${way}, ${action} ${service}`
          const done = await look(what, at, mayDo(kind, action, service), () =>
            say(at, kind, action, service, filled(line, service, at)),
          )
          // What was let in may have changed what is asked next.
          if (done) at = await world()
        }
  }
  expect(wrong).toEqual([])
  expect(count()).toBeGreaterThan(3_000)
  process.stdout.write(`Slack: ${count()} of person, way, command and service are as the rules say\n`)
})

test('so it is with what is clicked, chosen and opened', async () => {
  const { wrong, count, look } = tally()
  const verbs: {
    readonly [verb: string]: readonly [Action | undefined, (at: World, service: Service) => object]
  } = {
    approve: ['approve', ({ ids }, service) => ({ operation: ids[service], fingerprint: 'shown' })],
    decline: ['approve', ({ ids }, service) => ({ operation: ids[service], fingerprint: 'shown' })],
    cancel: ['cancel', ({ ids }, service) => ({ operation: ids[service] })],
    rollback: ['rollback', ({ over }, service) => ({ operation: over[service] })],
    show: ['show', ({ ids }, service) => ({ operation: ids[service] })],
    unlock: ['unlock', (_, service) => ({ service, since: '1' })],
    open_form: ['deploy', (_, service) => ({ form: 'deploy', service })],
  }
  for (const [name, kind] of Object.entries(kinds)) {
    let at = await world()
    for (const service of ['web', 'shop'] as const) {
      for (const [verb, [action, value]] of Object.entries(verbs)) {
        const may = mayDo(kind, action ?? '', service)
        const done = await look(`${name} clicks ${verb} ${service}`, at, may, async () => {
          const forms = at.desk.forms.length
          const answered = (await clicked(at, kind, verb, value(at, service))) ?? ''
          return at.desk.forms.length > forms ? `${answered} a form` : answered
        })
        if (done) at = await world()
      }
      await look(`${name} chooses “Show run” of ${service}`, at, mayDo(kind, 'show', service), async () => {
        if (writesAlone(kind)) return ''
        const { said, answer } = listening()
        await at.desk.inbox.shortcut(payloads(kind).shortcut('show', `🚀 \`${at.ids[service]}\``), answer)
        return said.join('\n')
      })
    }
    if (writesAlone(kind)) continue
    await at.desk.inbox.home(payloads(kind).visit())
    const shown = JSON.stringify(at.desk.homes.at(-1)?.home)
    for (const form of ['deploy', 'rollback', 'lock'] as const) {
      const suggestion = payloads(kind).suggestion(form, '')
      const offered = suggestion === undefined ? [] : await at.desk.inbox.suggest(suggestion)
      for (const service of ['web', 'shop'] as const)
        await look(
          `${name} is offered ${service} in the form of ${form}`,
          at,
          mayDo(kind, form, service),
          async () =>
            offered.some(({ value }) => value === service) ? 'offered' : 'You are not allowed to run it',
        )
    }
    for (const service of ['web', 'shop'] as const)
      await look(`${name} sees ${service} on the Home`, at, mayDo(kind, 'status', service), async () =>
        shown.includes(`${secret}${service}`) ? 'seen' : 'You are not allowed to run it',
      )
  }
  expect(wrong).toEqual([])
  expect(count()).toBeGreaterThan(350)
  process.stdout.write(`Slack: ${count()} of person, click, choice and Home are as the rules say\n`)
})

test('a yes to a plan is its requester’s, whatever right somebody else has', async () => {
  const { wrong, look } = tally()
  for (const [name, kind] of Object.entries(kinds)) {
    const at = await world()
    await at.desk.write(at.ids.web, { phase: 'confirming' })
    for (const verb of ['confirm', 'dismiss'])
      await look(
        `${name} clicks ${verb}`,
        at,
        verb === 'dismiss' && mayDo(kind, 'cancel', 'web'),
        async () => {
          return (await clicked(at, kind, verb, { operation: at.ids.web, fingerprint: 'shown' })) ?? ''
        },
      )
  }
  expect(wrong).toEqual([])
})
