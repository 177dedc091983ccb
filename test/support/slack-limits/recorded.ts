import { existsSync, readFileSync } from 'node:fs'
import { sentFaults } from './payloads'
import { isThing, type Thing } from './rules'

/** Arguments that Slack's client sends as JSON in a form, and what it makes of a boolean. */
const asJson = ['blocks', 'view', 'metadata', 'attachments']
const decoded = ([name, value]: [string, unknown]): [string, unknown] => {
  if (typeof value === 'string' && asJson.includes(name)) return [name, JSON.parse(value)]
  return [name, value === 'true' ? true : value === 'false' ? false : value]
}

const sentOf = (line: string): { readonly way: string; readonly body: Thing } => {
  const sent: unknown = JSON.parse(line)
  if (!isThing(sent) || typeof sent['way'] !== 'string' || !isThing(sent['body']))
    throw new Error(`no payload: ${line}`)
  const body = /^(ack|response_url)/.test(sent['way'])
    ? sent['body']
    : Object.fromEntries(Object.entries(sent['body']).map(decoded))
  return { way: sent['way'], body }
}

/** What was sent to Slack in a session that a sandbox has written down, in its order. */
export const recorded = (file: string) =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map(sentOf)
    : []

/** What in it is not as Slack documents; empty where all is well. */
export const recordedFaults = (file: string): readonly string[] => recorded(file).flatMap(sentFaults)
