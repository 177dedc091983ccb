import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SlackSimulator } from '../slack'
import type { Obj } from '../slack/json'
import { isObj, parseJson } from '../slack/json'
import { newId } from '../slack/workspace/ids'
import { readBody, sendJson } from './http'

/** Answers what the app sends to Slack: the Web API and response URLs. False where the path is neither. */
export async function handleSlack(
  slack: SlackSimulator,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const method = /^\/api\/([\w.]+)$/.exec(url.pathname)?.[1]
  const responseId = /^\/responses\/(\w+\/\w+)$/.exec(url.pathname)?.[1]
  if (!method && !responseId) return false
  if (slack.faults.isDown()) {
    request.socket.destroy()
    return true
  }
  const body = await readBody(request)
  if (responseId) {
    const json = parseJson(body)
    const answer = slack.response(responseId, isObj(json) ? json : { text: body })
    response.writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8' })
    response.end(answer.text)
    return true
  }
  const type = request.headers['content-type'] ?? ''
  const args = parseArgs(type, body, url)
  const header = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const token = header ?? (typeof args?.['token'] === 'string' ? args['token'] : undefined)
  if (!args) {
    sendJson(response, 200, {
      ok: false,
      error: type.includes('json') ? 'invalid_json' : 'invalid_post_type',
    })
    return true
  }
  const answer = slack.api(method ?? '', token, args)
  sendJson(response, answer.status, answer.body, {
    'x-slack-req-id': newId('').toLowerCase(),
    ...answer.headers,
  })
  return true
}

/** A call's arguments from its query and its form or JSON body; undefined where the body is neither. */
function parseArgs(contentType: string, body: string, url: URL): Obj | undefined {
  const query = Object.fromEntries(url.searchParams)
  if (body === '') return query
  if (contentType.startsWith('application/json')) {
    const json = parseJson(body)
    return isObj(json) ? { ...query, ...json } : undefined
  }
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return { ...query, ...Object.fromEntries(new URLSearchParams(body)) }
  }
  return undefined
}
