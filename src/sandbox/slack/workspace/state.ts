import type { Obj } from '../json'
import { isObj, objAt, objsAt, textAt, wordAt } from '../json'
import { elementsOf, flatten } from '../blocks/walk'

/** The values of a surface's stateful elements: block id → action id → state. */
export type State = { [block: string]: { [action: string]: Obj } }

/** Per element type: the key of its value in `state.values`, and the key of what it starts with. */
const kinds: { [type: string]: { value: string; initial: string; many?: boolean } } = {
  plain_text_input: { value: 'value', initial: 'initial_value' },
  email_text_input: { value: 'value', initial: 'initial_value' },
  url_text_input: { value: 'value', initial: 'initial_value' },
  number_input: { value: 'value', initial: 'initial_value' },
  rich_text_input: { value: 'rich_text_value', initial: 'initial_value' },
  datepicker: { value: 'selected_date', initial: 'initial_date' },
  timepicker: { value: 'selected_time', initial: 'initial_time' },
  datetimepicker: { value: 'selected_date_time', initial: 'initial_date_time' },
  static_select: { value: 'selected_option', initial: 'initial_option' },
  external_select: { value: 'selected_option', initial: 'initial_option' },
  radio_buttons: { value: 'selected_option', initial: 'initial_option' },
  users_select: { value: 'selected_user', initial: 'initial_user' },
  conversations_select: { value: 'selected_conversation', initial: 'initial_conversation' },
  channels_select: { value: 'selected_channel', initial: 'initial_channel' },
  checkboxes: { value: 'selected_options', initial: 'initial_options', many: true },
  multi_static_select: { value: 'selected_options', initial: 'initial_options', many: true },
  multi_external_select: { value: 'selected_options', initial: 'initial_options', many: true },
  multi_users_select: { value: 'selected_users', initial: 'initial_users', many: true },
  multi_conversations_select: {
    value: 'selected_conversations',
    initial: 'initial_conversations',
    many: true,
  },
  multi_channels_select: { value: 'selected_channels', initial: 'initial_channels', many: true },
}

/** The value within an element's state; undefined for elements that hold none. */
export function valueOf(element: Obj, state: Obj): unknown {
  const kind = kinds[wordAt(element, 'type')]
  return kind && state[kind.value]
}

/** What a surface's elements hold before anybody touches them. */
export function initialState(blocks: Obj[]): State {
  const state: State = {}
  for (const block of flatten(blocks)) {
    for (const element of elementsOf(block)) {
      const kind = kinds[wordAt(element, 'type')]
      if (!kind) continue
      const values = (state[wordAt(block, 'block_id')] ??= {})
      values[wordAt(element, 'action_id')] = entry(element, element[kind.initial])
    }
  }
  return state
}

function entry(element: Obj, value: unknown): Obj {
  const kind = kinds[wordAt(element, 'type')]
  const extra = textAt(element, 'timezone') ? { timezone: textAt(element, 'timezone') } : {}
  return {
    type: element['type'],
    ...(kind ? { [kind.value]: value ?? (kind.many ? [] : null) } : {}),
    ...extra,
  }
}

/**
 * The state of an element that a person has set to `input`: for menus the value or the visible text of an option
 * (a list of them where many can be chosen), for pickers the date, time or unix seconds, for inputs the text.
 * A string that says what is wrong where the element cannot hold it.
 */
export function chosen(element: Obj, input: unknown): Obj | string {
  const type = wordAt(element, 'type')
  const kind = kinds[type]
  if (!kind) return `${type} holds no value`
  if (isObj(input) && kind.value in input) return entry(element, input[kind.value])
  if (input === null || input === undefined || input === '') return entry(element, null)
  if (kind.value === 'selected_option') {
    const option = findOption(element, input)
    return option ? entry(element, option) : `no option ${JSON.stringify(input)}`
  }
  if (kind.value === 'selected_options') {
    const options = (Array.isArray(input) ? input : [input]).map((one) => findOption(element, one))
    return options.every((one) => one !== undefined) ? entry(element, options) : 'no such option'
  }
  if (kind.many) return entry(element, Array.isArray(input) ? input : [input])
  if (type === 'datetimepicker') {
    const seconds = Number(input)
    return Number.isInteger(seconds) ? entry(element, seconds) : 'a datetimepicker takes unix seconds'
  }
  if (type === 'rich_text_input') return entry(element, input)
  const text = typeof input === 'number' ? String(input) : input
  if (typeof text !== 'string') return `${type} takes a text`
  if (type === 'datepicker' && !/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'a date is YYYY-MM-DD'
  if (type === 'timepicker' && !/^\d{2}:\d{2}$/.test(text)) return 'a time is HH:mm'
  return entry(element, text)
}

/** What the app has offered for menus whose options only it knows. */
const offers = new WeakMap<Obj, Obj[]>()

/** Options that the app offers for a menu: they can be chosen in it from now on. */
export function offer(element: Obj, options: Obj[]): void {
  offers.set(element, [...(offers.get(element) ?? []), ...options])
}

/** The same elements in blocks that take the place of others keep what was offered in them. */
export function keepOffers(before: Obj[], after: Obj[]): void {
  const known = new Map(placed(before).map(({ place, element }) => [place, offers.get(element) ?? []]))
  for (const { place, element } of placed(after)) offer(element, known.get(place) ?? [])
}

const placed = (blocks: Obj[]): { place: string; element: Obj }[] =>
  flatten(blocks).flatMap((block) =>
    elementsOf(block).map((element) => ({
      place: `${wordAt(block, 'block_id')}/${wordAt(element, 'action_id')}`,
      element,
    })),
  )

/** The options of a menu, those within groups too, and of one that asks the app those it was given. */
export function optionsOf(element: Obj): Obj[] {
  const initial = [objAt(element, 'initial_option'), ...objsAt(element, 'initial_options')].filter(isObj)
  return [
    ...objsAt(element, 'options'),
    ...objsAt(element, 'option_groups').flatMap((group) => objsAt(group, 'options')),
    ...(offers.get(element) ?? []),
    ...initial,
  ]
}

function findOption(element: Obj, wanted: unknown): Obj | undefined {
  if (isObj(wanted)) return wanted
  const options = optionsOf(element)
  return (
    options.find((option) => option['value'] === wanted) ??
    options.find((option) => textAt(objAt(option, 'text') ?? {}, 'text') === wanted)
  )
}
