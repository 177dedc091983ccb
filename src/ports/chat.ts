import type { HomeView, KnownBlock, ModalView, PlainTextOption } from '@slack/types'

/** What is shown: Block Kit, and text that says the same to notifications and screen readers. */
export interface Message {
  readonly text: string
  readonly blocks: readonly KnownBlock[]
}
export type Form = ModalView
export type Home = HomeView
/** One thing that a form's menu offers for what was typed. */
export type MenuOption = PlainTextOption

export interface MessageRef {
  readonly channel: string
  readonly ts: string
}

/** Slack said no, or did not answer. */
export class ChatFailure extends Error {
  override readonly name = 'ChatFailure'
  constructor(
    /** Slack's error code, `ratelimited`, or `unreachable`. */
    readonly code: string,
    /** Real milliseconds to wait, where Slack said so. */
    readonly retryAfter?: number,
    options?: ErrorOptions,
  ) {
    super(code, options)
  }
}

/** What the notifier says to Slack. All methods throw ChatFailure. */
export interface Chat {
  /** Posts to a channel's id or name, or into a thread of it. `operation` goes into the message's metadata. */
  post(
    channel: string,
    message: Message,
    options?: { readonly thread?: string; readonly operation?: string },
  ): Promise<MessageRef>
  update(ref: MessageRef, message: Message, options?: { readonly operation?: string }): Promise<void>
  /**
   * Looks for the message that was posted for an operation but whose answer was lost. Undefined when there is
   * none, or when Slack does not let the bot look.
   */
  find(channel: string, operation: string): Promise<MessageRef | undefined>
}

/** What one person alone sees. All methods throw ChatFailure. */
export interface Views {
  /** Says something in a channel (or a thread of it) that this user alone sees. */
  postEphemeral(
    channel: string,
    user: string,
    message: Message,
    options?: { readonly thread?: string },
  ): Promise<void>
  /** Opens a form with a trigger that is younger than 3 real seconds. Gives the form's id. */
  open(trigger: string, form: Form): Promise<string>
  /** Replaces what an open form shows. */
  change(form: string, shown: Form): Promise<void>
  /** Sets what the user sees on the app's Home. */
  home(user: string, home: Home): Promise<void>
}
