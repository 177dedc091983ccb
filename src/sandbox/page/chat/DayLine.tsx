import { minute } from '../state/clock'
import { reader } from '../state/workspace'
import { formatDate } from '../text/dates'

/** The line between two days, where a message is the first of its day. Both in simulated time. */
export const DayLine = ({ at, before }: { at: number; before: number | undefined }) => {
  const day = (instant: number) => formatDate('{date_num}', instant, 0, reader.value)
  if (before !== undefined && day(before) === day(at)) return null
  return (
    <div class="day-line">
      <span>{formatDate('{day_divider_pretty}', at, minute.value, reader.value)}</span>
    </div>
  )
}
