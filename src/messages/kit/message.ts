import type { KnownBlock } from '@slack/types'
import type { Message } from '../../ports/chat'
import type { Phrase } from '../text/phrase'
import { mrkdwn } from '../text/render'

/** At most 50 blocks a message, and about 13,200 characters in all of them, else `msg_blocks_too_long`. */
const most = { blocks: 50, characters: 13_000, text: 3_000 }

const size = (blocks: readonly KnownBlock[]): number => JSON.stringify(blocks).length

/** Blocks that are left out, the last first, when a message gets too long; never its head and its buttons. */
const spare = (block: KnownBlock, index: number): boolean => index > 1 && block.type !== 'actions'

/** Puts a message together: blocks that are not there are left out, and Slack's limits are kept. */
export function message(text: Phrase, parts: readonly (KnownBlock | undefined)[]): Message {
  const blocks = parts.filter((block): block is KnownBlock => block !== undefined)
  while (blocks.length > most.blocks || size(blocks) > most.characters) {
    const last = blocks.findLastIndex(spare)
    if (last < 0) break
    blocks.splice(last, 1)
  }
  return { text: mrkdwn(text, most.text), blocks }
}
