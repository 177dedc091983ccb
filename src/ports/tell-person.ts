import { refusalOf } from '../domain/interaction/slack-refusal'
import { type Chat, ChatFailure, type Message, type Views } from './chat'
import type { Log } from './log'
import type { RealTime } from './real-time'

/** The ways to one person, as far as they are there. */
export interface PersonRoute {
  readonly user: string
  /** Answers by the response_url; throws ChatFailure. */
  readonly respond?: (message: Message) => Promise<void>
  readonly channel?: string
  readonly thread?: string
}

export interface TellDeps {
  readonly chat: Pick<Chat, 'post'> & Pick<Views, 'postEphemeral' | 'home'>
  readonly time: RealTime
  readonly log: Log
}

/** slack: chat.postMessage, `text`, and a section's own limit. */
const sectionLimit = 3_000

/** A message whose blocks Slack refused: its text, and its buttons where those are wanted. */
export const withoutBlocks = ({ text, blocks }: Message, { buttons = false } = {}): Message => ({
  text,
  blocks: [
    { type: 'section', text: { type: 'mrkdwn', text: text.slice(0, sectionLimit) || ' ', verbatim: true } },
    ...(buttons ? blocks.filter(({ type }) => type === 'actions') : []),
  ],
})

/** How often all ways are tried, and the real milliseconds between, where Slack does not say for how long. */
const attempts = 5
const pauses = [1_000, 5_000, 20_000, 60_000] as const

/**
 * Tells one person something that is for them alone: by the response_url, a message in the channel that nobody else
 * sees, a direct message, and at last on their Home, whichever first takes it. What Slack refuses for its blocks is
 * sent as text the same way; what no way takes is tried again where waiting helps. Never throws.
 */
export const tellPerson = async (deps: TellDeps, route: PersonRoute, message: Message): Promise<void> => {
  const { log, time } = deps
  for (let attempt = 1; ; attempt++) {
    const failures = await tryAllWays(deps, route, message)
    if (failures === 'told') return
    const codes = failures.map(({ code }) => code)
    const waits = failures.filter(({ code }) => refusalOf(code) === 'later')
    const pause = pauses[attempt - 1]
    if (waits.length === 0 || pause === undefined || attempt === attempts) {
      log.error({ user: route.user, codes }, 'a person could not be answered: no way to them is open')
      return
    }
    const wait = Math.max(pause, ...waits.map(({ retryAfter = 0 }) => retryAfter))
    log.warn({ user: route.user, codes, again: wait }, 'a person could not be answered yet')
    await new Promise<void>((resolve) => time.after(wait, resolve))
  }
}

const tryAllWays = async (
  { chat }: TellDeps,
  { user, respond, channel, thread }: PersonRoute,
  message: Message,
): Promise<'told' | readonly ChatFailure[]> => {
  const ways: readonly (((shown: Message) => Promise<unknown>) | undefined)[] = [
    respond,
    channel === undefined
      ? undefined
      : (shown) => chat.postEphemeral(channel, user, shown, thread === undefined ? {} : { thread }),
    (shown) => chat.post(user, shown),
    // The Home takes not all blocks that messages do.
    (shown) => chat.home(user, { type: 'home', blocks: [...withoutBlocks(shown).blocks] }),
  ]
  const failures: ChatFailure[] = []
  for (const way of ways) {
    if (way === undefined) continue
    const failure = (await refused(() => way(message))) ?? 'told'
    if (failure === 'told') return failure
    failures.push(failure)
    if (refusalOf(failure.code) !== 'content') continue
    if ((await refused(() => way(withoutBlocks(message)))) === undefined) return 'told'
  }
  return failures
}

const refused = async (call: () => Promise<unknown>): Promise<ChatFailure | undefined> => {
  try {
    await call()
    return undefined
  } catch (error) {
    return error instanceof ChatFailure ? error : new ChatFailure('unreachable', undefined, { cause: error })
  }
}
