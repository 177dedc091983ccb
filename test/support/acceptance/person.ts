import type { MessageView, OpenView } from '../../../src/sandbox/protocol'
import { eventually } from '../redis'
import { buttons } from './buttons'
import type { Answered } from './sandbox'

type Control = (method: 'GET' | 'POST', path: string, body?: object) => Promise<Answered>
/** The parts of the control routes' answers that tests read. */
export interface Worded {
  readonly ok?: boolean
  readonly error?: string
  readonly message?: string
  readonly replies?: readonly {
    readonly text: string
    readonly blocks: readonly unknown[]
    readonly ts: string
  }[]
  readonly details?: unknown
  readonly errors?: Readonly<Record<string, string>>
}
/** What somebody got to see in answer to a line or a click, and how long it took in real milliseconds. */
export interface Reply {
  readonly ok: boolean
  /** The reason code of what went wrong, Slack's or the sandbox's. */
  readonly error?: string
  /** The texts of all replies. */
  readonly text: string
  /** The operation that was accepted, where one was. */
  readonly operation?: string
  readonly buttons: readonly string[]
  /** The reply's place, to click in it. */
  readonly ts: string
  readonly ms: number
  readonly details?: unknown
}

const firstLine = (text: string): string => text.split('\n').at(0) ?? ''

/** A person of the workspace at work in the channel `ops`. */
export class Person {
  constructor(
    readonly name: string,
    private readonly control: Control,
  ) {}

  /** Types a slash command. */
  types(text: string): Promise<Reply> {
    return this.does('command', { channel: 'ops', text })
  }

  /** Types a line that starts an operation, and gives its id. */
  async starts(text: string): Promise<string> {
    const reply = await this.types(text)
    if (reply.operation === undefined)
      throw new Error(`${text} was not accepted: ${reply.error} ${reply.text}`)
    return reply.operation
  }

  /** Clicks a button of a message by its label or action, and answers its confirm dialog with yes. */
  clicks(ts: string, action: string, { confirm = true } = {}): Promise<Reply> {
    return this.does('click', { channel: 'ops', ts, action, ...(confirm && { confirm }) })
  }

  /** Submits the topmost form. */
  async submits(values: Readonly<Record<string, unknown>>): Promise<Worded> {
    return (await this.control('POST', 'submit', { user: this.name, values })).body as Worded
  }

  /** All messages in the channel that this person sees. */
  async sees(): Promise<readonly MessageView[]> {
    return (await this.control('GET', `messages?user=${this.name}&channel=ops`)).body as MessageView[]
  }

  /** The forms open on this person's screen, topmost last. */
  async forms(): Promise<readonly OpenView[]> {
    return (await this.control('GET', `views?user=${this.name}`)).body as OpenView[]
  }

  /** The one message of an operation in the channel. */
  async message(operation: string): Promise<MessageView | undefined> {
    return (await this.sees()).find(
      (one) =>
        one.thread_ts === undefined && !one.ephemeral && firstLine(one.text).includes(`\`${operation}\``),
    )
  }

  /** Waits until the operation's message says something; `limit` in real milliseconds. */
  async reads(operation: string, what: RegExp, limit = 60_000): Promise<MessageView> {
    let last = 'no message yet'
    return eventually(
      async () => {
        const message = await this.message(operation)
        last = message?.text ?? last
        return message && what.test(message.text) ? message : undefined
      },
      limit,
      100,
    ).catch((failure: unknown) => {
      throw new Error(`${String(failure)}: ${String(what)} was not said of ${operation}, but\n${last}`)
    })
  }

  /** Waits until the thread of an operation's message says something: its log follows the message, when it may. */
  async readsThread(operation: string, what: RegExp, limit = 30_000): Promise<string> {
    let last = ''
    return eventually(
      async () => {
        last = await this.thread(operation)
        return what.test(last) ? last : undefined
      },
      limit,
      100,
    ).catch((failure: unknown) => {
      throw new Error(
        `${String(failure)}: ${String(what)} was not said in the thread of ${operation}, but\n${last}`,
      )
    })
  }

  /** What is written in the thread of an operation's message by now. */
  private async thread(operation: string): Promise<string> {
    const root = await this.message(operation)
    const replies = (await this.sees()).filter((one) => root && one.thread_ts === root.ts)
    return replies.map((one) => one.text).join('\n')
  }

  private async does(what: 'command' | 'click', asked: object): Promise<Reply> {
    const before = performance.now()
    const { body } = await this.control('POST', what, { user: this.name, ...asked })
    const ms = performance.now() - before
    const { ok = false, error, replies = [], details } = body as Worded
    const text = replies.map((reply) => reply.text).join('\n')
    const operation =
      /accepted as `([a-z]+-[a-z0-9]+)`/.exec(text)?.[1] ?? /접수했습니다\(`([^`]+)`\)/.exec(text)?.[1]
    return {
      ok,
      text,
      ms,
      ts: replies.at(-1)?.ts ?? '',
      buttons: replies.flatMap((reply) => buttons(reply.blocks)),
      ...(error !== undefined && { error }),
      ...(operation !== undefined && { operation }),
      ...(details !== undefined && { details }),
    }
  }
}
