import type { Obj } from '../json'
import { isObj, objsAt } from '../json'
import { messageFaults, tooManyTables, withIds } from '../blocks/validate'
import { textLength } from '../blocks/walk'
import { newBlockId } from '../workspace/ids'
import { parseBlocks, parseReferences } from '../text/parsing'
import type { Workspace } from '../workspace/workspace'
import type { Args } from './args'
import { ApiError, invalidArguments } from './error'

/** Measured in the wild, not documented: beyond it Slack answers msg_blocks_too_long. */
const blocksLimit = 13_200
/** https://docs.slack.dev/reference/methods/chat.postMessage: longer text is cut. */
const textLimit = 40_000

export interface Content {
  text: string
  blocks: Obj[]
  attachments: Obj[]
}

/**
 * A message's text, blocks and attachments, validated and parsed as Slack does; `no_text` where all are missing.
 * slack: chat.postMessage: `link_names` finds names in the text; `parse` is `none` (no links), or `full` (names too).
 */
export function contentOf(workspace: Workspace, args: Args): Content {
  const blocks = args.has('blocks') ? parseBlocks(workspace, checkBlocks(args.json('blocks'))) : []
  const attachments = args.has('attachments') ? checkAttachments(args.json('attachments')) : []
  const parse = args.optional('parse')
  if (parse !== undefined && parse !== 'none' && parse !== 'full') throw invalidArguments('invalid `parse`')
  const text = parseReferences(workspace, args.optional('text') ?? '', {
    names: args.flag('link_names') || parse === 'full',
    urls: parse !== 'none',
  })
  if (text === '' && blocks.length === 0 && attachments.length === 0) throw new ApiError('no_text')
  return { text: text.slice(0, textLimit), blocks, attachments }
}

/** Validated blocks with ids; `invalid_blocks` with Slack's messages where they break a rule. */
export function checkBlocks(blocks: unknown): Obj[] {
  if (!Array.isArray(blocks) || !blocks.every(isObj)) throw new ApiError('invalid_blocks_format')
  const faults = messageFaults(blocks)
  if (faults.length > 0) {
    throw new ApiError('invalid_blocks', {
      errors: faults,
      response_metadata: { messages: faults.map((fault) => `[ERROR] ${fault}`) },
    })
  }
  if (tooManyTables(blocks)) throw new ApiError('only_one_table_allowed')
  if (textLength(blocks) > blocksLimit) throw new ApiError('msg_blocks_too_long')
  return withIds(blocks, newBlockId)
}

function checkAttachments(attachments: unknown): Obj[] {
  if (!Array.isArray(attachments) || !attachments.every(isObj)) throw new ApiError('invalid_attachments')
  if (attachments.length > 100) throw new ApiError('too_many_attachments')
  return attachments.map((attachment) =>
    attachment['blocks'] === undefined
      ? attachment
      : { ...attachment, blocks: checkBlocks(objsAt(attachment, 'blocks')) },
  )
}

/** Message metadata: an event type and a flat payload, https://docs.slack.dev/messaging/message-metadata */
export function metadataOf(args: Args): Obj | undefined {
  if (!args.has('metadata')) return undefined
  const metadata = args.json('metadata')
  if (!isObj(metadata)) throw new ApiError('invalid_metadata_format')
  if (typeof metadata['event_type'] !== 'string' || !isObj(metadata['event_payload'])) {
    throw new ApiError('invalid_metadata_schema')
  }
  return metadata
}
