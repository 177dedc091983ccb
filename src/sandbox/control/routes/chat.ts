import { z } from 'zod'
import { clickMessage, clickView } from '../../slack/interact/click'
import { closeView } from '../../slack/interact/close'
import { runCommand } from '../../slack/interact/command'
import { edit, openHome, say } from '../../slack/interact/say'
import { runShortcut } from '../../slack/interact/shortcut'
import { suggest } from '../../slack/interact/suggest'
import { submitView } from '../../slack/interact/submit'
import { findUser } from '../../slack/workspace/find'
import type { Message, User, View } from '../../slack/workspace/model'
import { HttpError } from '../http'
import { messageView, openView } from '../views'
import type { Control, Routes } from './route'
import { answer, channelFor, parse, person } from './route'

const name = z.string().min(1)
const commandBody = z.object({ user: name, channel: name, text: name.max(4000) })
const clickBody = z.object({
  user: name,
  channel: name.optional(),
  ts: name.optional(),
  view: name.optional(),
  action: name,
  block: name.optional(),
  confirm: z.boolean().optional(),
  value: z.unknown().optional(),
  values: z.record(z.string(), z.unknown()).optional(),
})
const optionsBody = z.object({
  user: name,
  channel: name.optional(),
  ts: name.optional(),
  view: name.optional(),
  action: name,
  block: name.optional(),
  query: z.string().default(''),
})
const submitBody = z.object({
  user: name,
  view: name.optional(),
  values: z.record(z.string(), z.unknown()).default({}),
})
const closeBody = z.object({ user: name, view: name.optional() })
const messageBody = z.object({ user: name, channel: name, text: name.max(4000), thread_ts: name.optional() })
const mentionBody = messageBody.extend({
  edit: name.optional(),
  team: z
    .string()
    .regex(/^[TE][A-Z0-9]+$/, 'is an id of a workspace, as T0PARTNER')
    .optional(),
})
const shortcutBody = z.object({ user: name, shortcut: name, channel: name.optional(), ts: name.optional() })

/** What a person does in the workspace. */
export const chat: Routes = {
  'POST /control/command': async (control, request) => {
    const body = parse(commandBody, request.body)
    const user = person(control, body.user)
    const channel = channelFor(control, user, body.channel)
    const [only] = control.slack.workspace.app.commands
    const line = body.text.trim().startsWith('/') ? body.text : `${only?.name ?? ''} ${body.text}`
    return answer(await runCommand(control.slack, user, channel, line), ({ replies }) => ({
      replies: shown(replies),
    }))
  },

  'POST /control/click': async (control, request) => {
    const { user: who, channel, ts, view, ...asked } = parse(clickBody, request.body)
    const user = person(control, who)
    const click = {
      ...asked,
      action: asked.block === undefined ? asked.action : `${asked.block}/${asked.action}`,
    }
    if (view !== undefined) {
      const outcome = await clickView(control.slack, user, viewOf(control, user, view), click)
      return answer(outcome, ({ replies }) => ({ replies: shown(replies) }))
    }
    if (channel === undefined || ts === undefined) {
      throw new HttpError(
        400,
        'bad_request',
        'Name a message by `channel` and `ts`, or a form or the Home by `view`.',
      )
    }
    const place = channelFor(control, user, channel)
    const outcome = await clickMessage(control.slack, user, place, ts, click)
    return answer(outcome, ({ replies }) => ({ replies: shown(replies) }))
  },

  'POST /control/options': async (control, request) => {
    const body = parse(optionsBody, request.body)
    const user = person(control, body.user)
    const place =
      body.channel === undefined || body.ts === undefined
        ? { view: viewOf(control, user, body.view) }
        : { channel: channelFor(control, user, body.channel), ts: body.ts }
    const action = body.block === undefined ? body.action : `${body.block}/${body.action}`
    const suggested = await suggest(control.slack, user, place, { action, query: body.query })
    return answer(suggested, (offered) => ({ ...offered }))
  },

  'POST /control/submit': async (control, request) => {
    const body = parse(submitBody, request.body)
    const user = person(control, body.user)
    const view = viewOf(control, user, body.view)
    const outcome = await submitView(control.slack, user, view, body.values)
    return answer(outcome, ({ response_action, errors }) => ({
      response_action,
      ...(errors ? { errors } : {}),
    }))
  },

  'POST /control/close': async (control, request) => {
    const body = parse(closeBody, request.body)
    const user = person(control, body.user)
    return answer(await closeView(control.slack, user, viewOf(control, user, body.view)))
  },

  'POST /control/message': (control, request) => {
    const body = parse(messageBody, request.body)
    const user = person(control, body.user)
    const channel = channelFor(control, user, body.channel)
    return spoken(say(control.slack, user, channel, { text: body.text, threadTs: body.thread_ts }))
  },

  'POST /control/mention': (control, request) => {
    const body = parse(mentionBody, request.body)
    const { name: app, botUserId } = control.slack.workspace.app
    const mentions = body.text.includes(`<@${botUserId}>`) || new RegExp(`(^|\\s)@${app}\\b`).test(body.text)
    const text = mentions ? body.text : `<@${botUserId}> ${body.text}`
    const user = writer(control, body.user, body.team)
    const channel = channelFor(control, user, body.channel)
    const saying = { text, threadTs: body.thread_ts, team: body.team }
    const { slack } = control
    return spoken(
      body.edit === undefined
        ? say(slack, user, channel, saying)
        : edit(slack, user, channel, body.edit, saying),
    )
  },

  'POST /control/home': async (control, request) => {
    const user = person(control, parse(z.object({ user: name }), request.body).user)
    const taken = await openHome(control.slack, user)
    const home = control.slack.workspace.homes.get(user.id)
    return { ok: taken, view: home ? openView(control.slack, home).view : null }
  },

  'POST /control/shortcut': async (control, request) => {
    const body = parse(shortcutBody, request.body)
    const user = person(control, body.user)
    const on =
      body.channel !== undefined && body.ts !== undefined
        ? { channel: channelFor(control, user, body.channel), ts: body.ts }
        : undefined
    const outcome = await runShortcut(control.slack, user, body.shortcut, on)
    return answer(outcome, ({ replies }) => ({ replies: shown(replies) }))
  },

  'GET /control/messages': (control, { query }) => {
    const user = person(control, query.get('user') ?? '')
    const channel = channelFor(control, user, query.get('channel') ?? '')
    return control.slack.workspace.messages
      .visible(channel.id, user.id)
      .map((one) => messageView(control, one))
  },

  'GET /control/views': (control, { query }) => {
    const user = person(control, query.get('user') ?? '')
    return (control.slack.workspace.stacks.get(user.id) ?? []).map((view) => openView(control.slack, view))
  },

  'GET /control/home': (control, { query }) => {
    const home = control.slack.workspace.homes.get(person(control, query.get('user') ?? '').id)
    return { view: home ? openView(control.slack, home).view : null }
  },
}

function shown(messages: Message[]): { text: string; blocks: unknown[]; ts: string; ephemeral: boolean }[] {
  return messages.map(({ text, blocks, ts, onlyFor }) => ({
    text,
    blocks,
    ts,
    ephemeral: onlyFor !== undefined,
  }))
}

const spoken = (said: ReturnType<typeof say>): unknown =>
  'error' in said ? answer(said) : { ok: true, ts: said.ts }

/** Who writes a mention: a person, another app's bot, or, with `team`, somebody of there who is met for the first time. */
function writer(control: Control, named: string, team: string | undefined): User {
  const { workspace } = control.slack
  const known = findUser(workspace, named)
  if (known && known.id !== workspace.app.botUserId) return known
  if (team === undefined || !/^[UW][A-Z0-9]+$/.test(named)) return person(control, named)
  const stranger: User = {
    id: named,
    name: named.toLowerCase(),
    realName: named,
    title: 'another workspace',
    locale: 'en-US',
    tz: 'America/New_York',
    isBot: false,
    teamId: team,
  }
  workspace.users.set(named, stranger)
  for (const channel of workspace.channels.values()) if (channel.kind === 'public') channel.members.add(named)
  return stranger
}

/** A user's open form by id or callback_id, the topmost where none is named; or their Home by its id. */
function viewOf({ slack: { workspace } }: Control, user: User, named?: string): View {
  const stack = workspace.stacks.get(user.id) ?? []
  const home = workspace.homes.get(user.id)
  const all = home ? [...stack, home] : stack
  const view =
    named === undefined
      ? stack.at(-1)
      : (all.find((one) => one.id === named) ?? all.find((one) => one.content['callback_id'] === named))
  if (view) return view
  throw new HttpError(404, 'unknown_view', `${user.name} has no such form open.`, {
    open: stack.map((one) => ({ id: one.id, callback_id: one.content['callback_id'] })),
  })
}
