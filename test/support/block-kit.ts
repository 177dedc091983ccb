import type { HomeView, ModalView } from '@slack/types'
import type { Message } from '../../src/ports/chat'
import { messageFaults, viewFaults } from '../../src/sandbox/slack/blocks/validate'
import * as documented from './slack-limits/payloads'

/** Measured in the wild, not documented: beyond about so many characters Slack answers msg_blocks_too_long. */
const allCharacters = 13_200

type Found = readonly string[]
type Thing = { readonly [name: string]: unknown }
const thing = (value: object): Thing => value as Thing

/** What code leaks when a fact is missing. */
const leaked = /undefined|\[object|NaN|Invalid DateTime|Infinity/
const checkLeaks = (value: unknown): Found => {
  const found = leaked.exec(JSON.stringify(value))
  return found ? [`leaks ${found[0]}: ${JSON.stringify(value)}`] : []
}

const primaries = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + primaries(one), 0)
  if (typeof value !== 'object' || value === null) return 0
  const own = thing(value)
  const here = own['type'] === 'button' && own['style'] === 'primary' ? 1 : 0
  return Object.entries(own).reduce(
    (sum, [name, one]) => sum + (name === 'confirm' ? 0 : primaries(one)),
    here,
  )
}

const dangerous = (value: unknown): readonly Thing[] => {
  if (Array.isArray(value)) return value.flatMap(dangerous)
  if (typeof value !== 'object' || value === null) return []
  const own = thing(value)
  const here =
    own['type'] === 'button' && own['style'] === 'danger' && own['confirm'] === undefined ? [own] : []
  return [...here, ...Object.values(own).flatMap(dangerous)]
}

/** House rules of a message or a view: nothing leaks, one primary button, and no danger without a question. */
const houseFaults = (value: unknown): Found => [
  ...checkLeaks(value),
  ...(primaries(value) > 1 ? ['more than one primary button'] : []),
  ...dangerous(value).map(() => 'a danger button without confirm'),
]

/** All that Slack would refuse in a message, or that our own rules forbid; empty when it will do. */
export const faultsOf = (message: Message): readonly string[] => [
  ...houseFaults(message),
  ...(JSON.stringify(message.blocks).length > allCharacters ? ['all blocks together are too long'] : []),
  // What the sandbox's Slack would refuse, in Slack's own words.
  ...messageFaults(message.blocks),
  // What is not as Slack's pages have it, read by somebody else.
  ...documented.messageFaults(message),
]

/** The same for a form or a Home. */
export const faultsOfView = (view: ModalView | HomeView): readonly string[] => [
  ...houseFaults(view),
  ...viewFaults(view, view.type),
  ...documented.viewFaults(view),
]
