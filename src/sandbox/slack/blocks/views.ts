import { isObj, objsAt } from '../json'
import { blockList } from './blocks'
import { plainText } from './objects'
import type { Check, Fields } from './schema'
import { boolean, byType, object, oneOf, optional, required, text } from './schema'

/** Views and their limits: https://docs.slack.dev/reference/views */
const common: Fields = {
  private_metadata: optional(text(3000)),
  callback_id: optional(text(255)),
  external_id: optional(text(255)),
}
const submitWhereInput: Check = (value, at, report) => {
  if (!isObj(value) || value['submit'] !== undefined) return
  if (objsAt(value, 'blocks').some((block) => block['type'] === 'input')) {
    report.error(`${at}/submit`, '`submit` is required when an `input` block is within the `blocks` array')
  }
}

/** A modal, as views.open, views.push and views.update take it. */
export const modalView: Check = byType({
  modal: object(
    {
      type: required(oneOf('modal')),
      title: required(plainText(24)),
      submit: optional(plainText(24)),
      close: optional(plainText(24)),
      blocks: required(blockList('modal')),
      clear_on_close: optional(boolean),
      notify_on_close: optional(boolean),
      submit_disabled: optional(boolean),
      ...common,
    },
    submitWhereInput,
  ),
})

/** An app's Home, as views.publish takes it. */
export const homeView: Check = byType({
  home: object({ type: required(oneOf('home')), blocks: required(blockList('home')), ...common }),
})
