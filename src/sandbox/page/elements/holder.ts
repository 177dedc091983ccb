import type { Actionable, Confirmable, KnownBlock } from '@slack/types'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { FieldValue } from '../../protocol'
import { click } from '../state/api'
import { ask } from '../state/confirm'
import { setValue, typedIn, valueOf } from '../state/values'
import { type Field, heldValue, heldValues } from './values'

/** What blocks stand in: a message, a form or the Home. `key` is unique among all. */
export type Holder = { key: string; blocks: KnownBlock[] } & (
  | { kind: 'message'; channel: string; ts: string }
  | { kind: 'form' | 'home'; view: string }
)

const HolderContext = createContext<Holder>({ kind: 'home', key: '', view: '', blocks: [] })
export const InHolder = HolderContext.Provider
export const useHolder = () => useContext(HolderContext)

type Acting = Actionable & Confirmable

/** Interacts with an element: its confirm dialog first, then the click. Gives whether the app was told. */
export const act = async (
  holder: Holder,
  block: string,
  element: Acting,
  value?: FieldValue,
): Promise<boolean> => {
  if (element.confirm && !(await ask(element.confirm))) return false
  const where = holder.kind === 'message' ? { channel: holder.channel, ts: holder.ts } : { view: holder.view }
  const reply = await click({
    ...where,
    action: element.action_id ?? '',
    block,
    ...(element.confirm ? { confirm: true } : {}),
    ...(value === undefined ? {} : { value }),
    values: heldValues(holder.blocks, typedIn(holder.key)),
  })
  return reply.ok
}

/**
 * The value of a field and how it is changed. `dispatch` says whether the app is told at each change, as in
 * actions blocks; a change that the confirm dialog denies is taken back.
 */
export const useField = (element: Field, block: string, dispatch: boolean) => {
  const holder = useHolder()
  const action = element.action_id ?? ''
  const value = heldValue(element, valueOf(holder.key, block, action))
  const set = async (next: FieldValue) => {
    setValue(holder.key, block, action, next)
    if (!dispatch) return
    const done = await act(holder, block, element, next)
    if (!done) setValue(holder.key, block, action, value)
  }
  return { value, set, tell: () => act(holder, block, element, value) }
}
