import type { Slack } from '../slack'
import type { Message } from '../workspace/model'

/** After an acknowledgement: how long to wait in all, and for quiet after the last reply, in real ms. */
const timeout = 1_500
const quiet = 150

/** Gathers what a person gets to see at once as the answer to what they did. */
export interface Gathering {
  /** Resolves when replies have come and it is quiet, or when none has come for a while. */
  settled(): Promise<Message[]>
  stop(): void
}

/**
 * Watches for replies to one interaction of a user: those that travel by its response_url or acknowledgement,
 * ephemeral messages to them, and (as signs that the app has reacted) the bot's posts and views.
 */
export function gatherReplies(slack: Slack, user: string, responseId: string): Gathering {
  const { workspace } = slack
  const replies = new Map<string, Message>()
  let reacted = false
  let wake: (() => void) | undefined
  const unwatch = workspace.watch((change) => {
    if (change.kind === 'message') {
      const { message } = change
      const others = message.respondsTo !== undefined && message.respondsTo !== responseId
      const unseen = message.onlyFor !== undefined && message.onlyFor !== user
      if (message.user !== workspace.app.botUserId || others || unseen) return
      if (change.removed) replies.delete(message.ts)
      else if (message.respondsTo !== undefined || message.onlyFor !== undefined)
        replies.set(message.ts, message)
    } else if (change.user !== user) return
    reacted = true
    wake?.()
  })
  return {
    stop: unwatch,
    settled() {
      return new Promise((resolve) => {
        const deadline = slack.timer.now() + timeout
        let cancel = (): void => {}
        const wait = (milliseconds: number): void => {
          cancel()
          cancel = slack.timer.after(Math.min(milliseconds, deadline - slack.timer.now()), () => {
            unwatch()
            resolve([...replies.values()])
          })
        }
        wake = () => wait(quiet)
        wait(reacted ? quiet : timeout)
      })
    },
  }
}
