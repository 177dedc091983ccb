import type { Obj } from '../json'
import { isObj, objAt, objsAt, wordAt } from '../json'

/** The interactive elements of one block, wherever the block keeps them. */
export function elementsOf(block: Obj): Obj[] {
  const direct = [objAt(block, 'accessory'), objAt(block, 'element')].filter(isObj)
  const own = block['type'] === 'rich_text' || block['type'] === 'carousel' ? [] : objsAt(block, 'elements')
  return [...direct, ...own, ...objsAt(block, 'actions')].filter((element) => isInteractive(element))
}

/** Every block, those within containers and carousels too. */
export function flatten(blocks: Obj[]): Obj[] {
  return blocks.flatMap((block) => [
    block,
    ...flatten(objsAt(block, 'child_blocks')),
    ...(block['type'] === 'carousel' ? objsAt(block, 'elements') : []),
  ])
}

function isInteractive(element: Obj): boolean {
  return !['image', 'plain_text', 'mrkdwn'].includes(wordAt(element, 'type'))
}

/** How many characters of text the blocks carry in all. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textLength(item), 0)
  if (!isObj(value)) return 0
  return Object.entries(value).reduce((sum, [key, item]) => {
    if (typeof item !== 'string') return sum + textLength(item)
    return sum + (key === 'text' || key === 'title' || key === 'alt_text' ? item.length : 0)
  }, 0)
}
