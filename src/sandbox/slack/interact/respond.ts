import { checkBlocks } from '../api/content'
import { ApiError } from '../api/error'
import type { Obj } from '../json'
import { objsAt, textAt } from '../json'
import type { Slack } from '../slack'
import { parseBlocks, parseReferences } from '../text/parsing'
import type { Message } from '../workspace/model'
import { initialState } from '../workspace/state'
import type { ResponseTarget } from '../workspace/tickets'

/**
 * Carries out a message response, from a response_url or with the acknowledgement of a command:
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 * Throws ApiError where the content breaks a rule.
 */
export function respond(slack: Slack, id: string, target: ResponseTarget, body: Obj): Message | undefined {
  const { workspace } = slack
  const original = target.message && workspace.messages.get(target.channel, target.message.ts)
  if (body['delete_original'] === true) {
    if (original) workspace.remove(original)
    return undefined
  }
  const content = {
    text: parseReferences(workspace, textAt(body, 'text') ?? '', { names: false, urls: true }),
    blocks: body['blocks'] === undefined ? [] : parseBlocks(workspace, checkBlocks(body['blocks'])),
    attachments: objsAt(body, 'attachments'),
  }
  if (content.text === '' && content.blocks.length === 0 && content.attachments.length === 0) {
    throw new ApiError('no_text')
  }
  if (body['replace_original'] === true && original) {
    Object.assign(original, content, { state: initialState(content.blocks) })
    if (!original.onlyFor) original.edited = { user: workspace.app.botUserId, ts: workspace.newTs() }
    workspace.changed(original)
    return original
  }
  const threadTs = textAt(body, 'thread_ts') ?? target.threadTs
  return workspace.post({
    channel: target.channel,
    user: workspace.app.botUserId,
    ...content,
    ...(body['response_type'] === 'in_channel' ? {} : { onlyFor: target.user }),
    ...(threadTs ? { threadTs } : {}),
    respondsTo: id,
  })
}

/** Answers a POST to a response_url: status and body as Slack's. */
export function useResponseUrl(slack: Slack, id: string, body: Obj): { status: number; text: string } {
  const refusal = slack.faults.refusal('response_url', [])
  if (refusal !== undefined) return { status: 404, text: refusal }
  const target = slack.responses.use(id)
  if (target === 'unknown') return { status: 404, text: 'no_active_hooks' }
  if (typeof target === 'string') return { status: 404, text: target }
  try {
    respond(slack, id, target, body)
    return { status: 200, text: 'ok' }
  } catch (error) {
    if (error instanceof ApiError) return { status: 400, text: error.code }
    throw error
  }
}

/** A new response_url, and its id. */
export function issueResponseUrl(slack: Slack, target: ResponseTarget): { id: string; url: string } {
  const id = slack.responses.issue(target)
  return { id, url: `${slack.base()}/responses/${id}` }
}
