import type { Chat, ChatFailure, Message, MessageRef } from '../../src/ports/chat'

interface Said {
  readonly at: number
  readonly how: 'post' | 'reply' | 'update'
  readonly channel: string
  readonly ts: string
  readonly text: string
  readonly operation?: string
}

/** A channel in memory: remembers everything that was said to it, and fails on demand. */
export class MemoryChat implements Chat {
  readonly said: Said[] = []
  /** Asked before each call: a failure to throw before anything happens, or after it did. */
  fault: (how: Said['how'], text: string) => { before?: ChatFailure; after?: ChatFailure } | undefined = () =>
    undefined
  private next = 1

  constructor(private readonly now: () => number) {}

  async post(
    channel: string,
    message: Message,
    { thread, operation }: { thread?: string; operation?: string } = {},
  ): Promise<MessageRef> {
    return this.say(thread === undefined ? 'post' : 'reply', {
      channel,
      ts: `${this.next++}.0`,
      text: message.text,
      ...(operation === undefined ? {} : { operation }),
    })
  }

  async update({ channel, ts }: MessageRef, message: Message): Promise<void> {
    this.say('update', { channel, ts, text: message.text })
  }

  async find(_channel: string, operation: string): Promise<MessageRef | undefined> {
    return this.said.find((one) => one.how === 'post' && one.operation === operation)
  }

  /** The texts said in one way, in order. */
  texts(how: Said['how']): string[] {
    return this.said.filter((one) => one.how === how).map((one) => one.text)
  }

  private say(how: Said['how'], what: Omit<Said, 'at' | 'how'>): MessageRef {
    const fault = this.fault(how, what.text)
    if (fault?.before !== undefined) throw fault.before
    this.said.push({ at: this.now(), how, ...what })
    if (fault?.after !== undefined) throw fault.after
    return { channel: what.channel, ts: what.ts }
  }
}
