import type { Datepicker, DateTimepicker, Timepicker } from '@slack/types'
import type { FieldValue } from '../../protocol'
import { reader } from '../state/workspace'
import { fromWall, toWall } from '../text/dates'
import { useField } from './holder'
import type { FieldProps } from './props'

type Element = Datepicker | DateTimepicker | Timepicker
const inputs = { datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' } as const
const names = { datepicker: 'Date', timepicker: 'Time', datetimepicker: 'Date and time' } as const

const shown = (value: FieldValue, timezone: string): string => {
  if (typeof value === 'number') return toWall(value * 1000, timezone)
  return typeof value === 'string' ? value : ''
}

/** Day, time, or both. A datetimepicker's Unix seconds are shown and read in the reader's zone, as Slack does. */
export const DateField = ({ element, block, dispatch, described }: FieldProps<Element>) => {
  const { value, set } = useField(element, block, dispatch)
  const { timezone } = reader.value
  const read = (typed: string): FieldValue => {
    if (typed === '') return null
    if (element.type !== 'datetimepicker') return typed
    const at = fromWall(typed, timezone)
    return at === null ? null : at / 1000
  }
  const zone = element.type === 'timepicker' ? element.timezone : undefined
  return (
    <span class="date-field">
      <input
        {...described}
        aria-label={described ? undefined : names[element.type]}
        class="input"
        type={inputs[element.type]}
        value={shown(value, timezone)}
        onChange={(event) => void set(read(event.currentTarget.value))}
      />
      {element.type !== 'datepicker' && <small class="hint">{zone ?? timezone}</small>}
    </span>
  )
}
