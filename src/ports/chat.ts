import type { KnownBlock, ModalView } from '@slack/types'

/** What is shown: Block Kit, and text that says the same to notifications and screen readers. */
export interface Message {
  readonly text: string
  readonly blocks: readonly KnownBlock[]
}
export type Form = ModalView

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
}
