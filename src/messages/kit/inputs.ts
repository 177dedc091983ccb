import type {
  Checkboxes,
  Datepicker,
  ExternalSelect,
  InputBlock,
  NumberInput,
  Option,
  PlainTextInput,
  PlainTextOption,
  StaticSelect,
  Timepicker,
} from '@slack/types'
import { label, limits } from './blocks'

/** One thing that can be chosen. */
export interface Choice {
  readonly value: string
  readonly label: string
  readonly description?: string
}

/** slack: reference/block-kit/block-elements/select-menu-element: so many options in a select, and in an answer to one. */
export const mostChoices = 100

const option = (choice: Choice): PlainTextOption => ({
  text: label(choice.label, limits.option),
  value: choice.value,
  ...(choice.description !== undefined &&
    choice.description !== '' && { description: label(choice.description, limits.option) }),
})

/** Values above Slack's limit could not be told apart once cut: they are not offered. */
export const usable = (choices: readonly Choice[]): Choice[] => {
  const seen = new Set<string>()
  return choices.filter(({ value }) => {
    const isNew = value.length > 0 && value.length <= limits.option && !seen.has(value)
    seen.add(value)
    return isNew
  })
}

export const options = (choices: readonly Choice[]): PlainTextOption[] =>
  usable(choices).slice(0, mostChoices).map(option)

export interface Field {
  /** The field's `block_id`, by which its value comes back. */
  readonly id: string
  /** Its `action_id`, where it is not the same: a field under another one forgets what was filled in. */
  readonly action?: string
  readonly label: string
  readonly hint?: string
  readonly optional?: boolean
}

const input = (field: Field, element: InputBlock['element']): InputBlock => ({
  type: 'input',
  block_id: field.id,
  label: label(field.label, limits.fieldLabel),
  ...(field.hint !== undefined && { hint: label(field.hint, limits.fieldLabel) }),
  optional: field.optional ?? false,
  element,
})

/** A choice of one. With `tells`, each change is told to the app under that action_id. There must be a choice. */
export function select(
  field: Field & {
    readonly choices: readonly Choice[]
    readonly chosen?: string
    readonly dispatches?: string
    readonly placeholder?: string
  },
): InputBlock | undefined {
  const offered = options(field.choices)
  if (offered.length === 0) return undefined
  const chosen = offered.find((one) => one.value === field.chosen)
  const element: StaticSelect = {
    type: 'static_select',
    action_id: (field.dispatches ?? field.action ?? field.id).slice(0, 255),
    options: offered,
    ...(field.placeholder !== undefined && { placeholder: label(field.placeholder, 150) }),
    ...(chosen && { initial_option: chosen }),
  }
  return { ...input(field, element), ...(field.dispatches !== undefined && { dispatch_action: true }) }
}

/** A choice of one among more than a menu takes: the app is asked what there is for what is typed, or for nothing yet. */
export function searchSelect(
  field: Field & { readonly chosen?: Choice; readonly dispatches?: string; readonly placeholder: string },
): InputBlock {
  const element: ExternalSelect = {
    type: 'external_select',
    action_id: (field.dispatches ?? field.action ?? field.id).slice(0, 255),
    min_query_length: 0,
    placeholder: label(field.placeholder, 150),
    ...(field.chosen && { initial_option: option(field.chosen) }),
  }
  return { ...input(field, element), ...(field.dispatches !== undefined && { dispatch_action: true }) }
}

/** A line of text. */
export function textInput(
  field: Field & {
    readonly value?: string
    readonly placeholder?: string
    readonly most: number
    readonly multiline?: boolean
  },
): InputBlock {
  const element: PlainTextInput = {
    type: 'plain_text_input',
    action_id: field.id,
    max_length: field.most,
    ...(field.multiline && { multiline: true }),
    ...(field.value !== undefined &&
      field.value !== '' && { initial_value: field.value.slice(0, field.most) }),
    ...(field.placeholder !== undefined && { placeholder: label(field.placeholder, 150) }),
  }
  return input(field, element)
}

/** A day, as `2026-12-24`. */
export function date(field: Field & { readonly value?: string; readonly placeholder?: string }): InputBlock {
  const element: Datepicker = {
    type: 'datepicker',
    action_id: (field.action ?? field.id).slice(0, 255),
    ...(field.value !== undefined && { initial_date: field.value }),
    ...(field.placeholder !== undefined && { placeholder: label(field.placeholder, 150) }),
  }
  return input(field, element)
}

/** A time of day, as `20:00`, by the clocks of a zone that Slack shows beside it. */
export function time(
  field: Field & { readonly value?: string; readonly zone: string; readonly placeholder?: string },
): InputBlock {
  const element: Timepicker = {
    type: 'timepicker',
    action_id: (field.action ?? field.id).slice(0, 255),
    timezone: field.zone,
    ...(field.value !== undefined && { initial_time: field.value }),
    ...(field.placeholder !== undefined && { placeholder: label(field.placeholder, 150) }),
  }
  return input(field, element)
}

/** A whole number. */
export function count(
  field: Field & { readonly value?: number; readonly most: number; readonly placeholder?: string },
): InputBlock {
  const element: NumberInput = {
    type: 'number_input',
    action_id: (field.action ?? field.id).slice(0, 255),
    is_decimal_allowed: false,
    min_value: '0',
    max_value: String(field.most),
    ...(field.value !== undefined && { initial_value: String(field.value) }),
    ...(field.placeholder !== undefined && { placeholder: label(field.placeholder, 150) }),
  }
  return input(field, element)
}

/** Boxes to tick. */
export function ticks(
  field: Field & { readonly choices: readonly Choice[]; readonly ticked?: readonly string[] },
): InputBlock {
  const offered: Option[] = field.choices.slice(0, 10).map(option)
  const ticked = offered.filter((one) => field.ticked?.includes(one.value ?? ''))
  const element: Checkboxes = {
    type: 'checkboxes',
    action_id: field.id,
    options: offered,
    ...(ticked.length > 0 && { initial_options: ticked }),
  }
  return input({ ...field, optional: true }, element)
}
