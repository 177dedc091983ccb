import { randomUUID } from 'node:crypto'
import type { App, ViewResponseAction } from '@slack/bolt'
import type { Inbox, Submitted } from '../../../ports/inbox'
import type { Log } from '../../../ports/log'
import type { RealTime } from '../../../ports/real-time'
import type { TellDeps } from '../../../ports/tell-person'
import { createResponder, type ResponseRoute } from './responder'
import {
  clickFrom,
  commandFrom,
  mentionFrom,
  shortcutFrom,
  submissionFrom,
  suggestionFrom,
  visitorFrom,
  type Workspace,
} from './payloads'

export interface ListenerOptions {
  readonly inbox: Inbox
  readonly chat: TellDeps['chat']
  readonly time: RealTime
  /** The slash command, with its slash. */
  readonly command: string
  readonly botUser: string
  /** Where the app is installed: who speaks from elsewhere is known by it. */
  readonly home: Workspace
  readonly log: Log
  /** Told of every piece of work, so that a stop can wait for it. */
  readonly onWork: (work: Promise<void>) => void
}

/**
 * What makes a delivery recognisable when it comes again: the trigger, which Slack gives out
 * once for each command, click and form, and repeats with a repeated delivery; else the envelope or the signature. A
 * written message is recognised by where it stands (`mentionFrom`).
 */
const deliveryOf = (
  { envelope, signature }: { readonly [key: string]: unknown },
  { trigger_id }: { readonly trigger_id?: string },
): string => {
  const deliveryId = [trigger_id, envelope, signature].find((id) => typeof id === 'string' && id !== '')
  return typeof deliveryId === 'string' ? deliveryId : randomUUID()
}

/** Connects Bolt's listeners with the inbox. All that Bolt knows ends here. */
export const listen = (
  app: App,
  { inbox, chat, time, command, botUser, home, log, onWork }: ListenerOptions,
): void => {
  const responder = (route: ResponseRoute) => createResponder(route, { chat, time, log })

  /** Runs one handler. The inbox does not throw; should it all the same, Slack is told that we are there. */
  const handle = async (work: Promise<void>, ack?: () => Promise<void>): Promise<void> => {
    const guarded = work.catch(async (error: unknown) => {
      log.error({ error: String(error) }, 'a delivery could not be handled')
      await ack?.().catch(() => {})
    })
    onWork(guarded)
    await guarded
  }

  app.command(command, async ({ body, ack, context }) => {
    const route: ResponseRoute = {
      ack,
      ackCarriesMessage: true,
      responseUrl: body.response_url,
      channel: body.channel_id,
      user: body.user_id,
    }
    await handle(inbox.command(commandFrom(body, deliveryOf(context, body), home), responder(route)), ack)
  })

  /** A command that was written as a message; what is none of ours is left out. */
  const handleWritten = async (incoming: ReturnType<typeof mentionFrom>): Promise<void> => {
    if (incoming === undefined) return
    const route: ResponseRoute = {
      ackCarriesMessage: false,
      channel: incoming.channel,
      user: incoming.person.user,
      ...(incoming.thread === undefined ? {} : { thread: incoming.thread }),
    }
    await handle(inbox.command(incoming, responder(route)))
  }
  const identity = { botUser, ...home }

  app.event('app_mention', async ({ event, body }) => handleWritten(mentionFrom(event, body, identity)))

  // What is written to the bot directly needs no mention.
  app.message(async ({ event, body }) => {
    if (event.channel_type !== 'im' || event.subtype !== undefined) return
    await handleWritten(mentionFrom(event, body, identity))
  })

  app.action(/.*/, async ({ body, ack, context }) => {
    const click = body.type === 'block_actions' ? clickFrom(body, deliveryOf(context, body), home) : undefined
    if (click === undefined || body.type !== 'block_actions') return ack()
    const route: ResponseRoute = {
      ack: async () => ack(),
      ackCarriesMessage: false,
      ...(body.response_url === undefined ? {} : { responseUrl: body.response_url }),
      ...(click.channel === undefined ? {} : { channel: click.channel }),
      ...(click.message?.thread === undefined ? {} : { thread: click.message.thread }),
      user: click.person.user,
    }
    await handle(inbox.click(click, responder(route)), ack)
  })

  app.view({ type: 'view_submission', callback_id: /.*/ }, async ({ body, ack, context }) => {
    if (body.type !== 'view_submission') return ack()
    const submission = submissionFrom(body, deliveryOf(context, body), home)
    await handle(
      inbox.submit(submission).then((submitted) => ack(responseTo(submitted))),
      async () => ack(),
    )
  })
  // slack: reference/interaction-payloads/block_suggestion-payload: the options are the answer itself.
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: /.*/ },
    async ({ body, ack, context }) => {
      const suggestion = suggestionFrom(body, deliveryOf(context, {}), home)
      if (suggestion === undefined) return ack({ options: [] })
      await handle(
        inbox.suggest(suggestion).then((options) => ack({ options: [...options] })),
        async () => ack({ options: [] }),
      )
    },
  )

  app.view({ type: 'view_closed', callback_id: /.*/ }, async ({ ack }) => ack())

  app.shortcut(/.*/, async ({ shortcut, ack, context }) => {
    const asked = shortcutFrom(shortcut, deliveryOf(context, shortcut), home)
    const route: ResponseRoute = {
      ack: async () => ack(),
      ackCarriesMessage: false,
      ...(shortcut.type === 'message_action'
        ? { responseUrl: shortcut.response_url, channel: shortcut.channel.id }
        : {}),
      user: asked.person.user,
    }
    await handle(inbox.shortcut(asked, responder(route)), async () => ack())
  })

  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab === 'home') await handle(inbox.home(visitorFrom(event, body, home)))
  })

  app.error(async (error) => {
    log.error({ error: String(error) }, 'an event of Slack could not be handled')
  })
}

const responseTo = (submitted: Submitted): ViewResponseAction | undefined => {
  if (submitted.next === 'show') return { response_action: 'update', view: submitted.form }
  if (submitted.next === 'correct') return { response_action: 'errors', errors: { ...submitted.errors } }
  return undefined
}
