import type { Person } from '../domain/access/person'
import type { Form, MenuOption, Message } from './chat'

/** What everything that people send has in common. */
export interface Delivery {
  /** The same for a repeated delivery of the same thing, different for everything else. */
  readonly delivery: string
  readonly person: Person
  /** Opens one form, once, within 3 real seconds. */
  readonly trigger?: string
}

/** A line of chat: `/asg …`, or a message that mentions the bot, the mention taken off. */
export interface Incoming extends Delivery {
  readonly channel: string
  readonly channelName?: string
  readonly text: string
  /** The thread it was said in, where it was. */
  readonly thread?: string
  /** For an edit of a message: real milliseconds from its writing to the edit. */
  readonly editedAfter?: number
}

/** A click on a button. */
export interface Click extends Delivery {
  /** The button's `action_id` up to the first colon: a Verb, or something old or foreign. */
  readonly verb: string
  readonly value: string
  readonly channel?: string
  /** The message the button stands in, where it stands in one. */
  readonly message?: { readonly ts: string; readonly thread?: string; readonly ephemeral: boolean }
  /** The form the button stands in, where it stands in one. */
  readonly view?: OpenForm
}

/** What was filled in, by `block_id`. Empty fields are left out; a choice of several is a list. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>

export interface OpenForm {
  readonly id: string
  /** The form's `callback_id`. */
  readonly form: string
  /** The form's `private_metadata`. */
  readonly metadata: string
  readonly values: FormValues
}

export interface Submission extends Delivery {
  readonly view: OpenForm
}

/** Something is typed into a form's menu that searches; asked at each letter, and nothing is recorded of it. */
export interface Suggestion extends Delivery {
  /** The menu's `action_id`. */
  readonly menu: string
  readonly typed: string
  readonly view: OpenForm
}

/** What a form does once it was submitted. */
export type Submitted =
  | { readonly next: 'close' }
  | { readonly next: 'show'; readonly form: Form }
  /** Sentences by `block_id`. */
  | { readonly next: 'correct'; readonly errors: Readonly<Record<string, string>> }

/** A global shortcut, or one on a message. */
export interface Shortcut extends Delivery {
  readonly name: string
  readonly channel?: string
  readonly message?: { readonly ts: string; readonly text: string }
}

/** How one delivery is answered. Neither method throws: Slack may not be reached, and what was recorded stays. */
export interface Responder {
  /** Tells Slack that the delivery was taken; to be called once, within 3 real seconds. */
  ack(message?: Message): Promise<void>
  /** Says something to the person alone; `instead` replaces the message that was clicked. */
  respond(message: Message, options?: { readonly instead?: boolean }): Promise<void>
}

/** What the application does with what people send. No method throws. */
export interface Inbox {
  command(incoming: Incoming, responder: Responder): Promise<void>
  click(click: Click, responder: Responder): Promise<void>
  submit(submission: Submission): Promise<Submitted>
  suggest(suggestion: Suggestion): Promise<readonly MenuOption[]>
  shortcut(shortcut: Shortcut, responder: Responder): Promise<void>
  home(person: Person): Promise<void>
}
