import { reader } from '../state/workspace'
import { formatDate } from '../text/dates'

/** The line between two days, where a message is the first of its day. Both by `ts`, which is real time. */
export const DayLine = ({ at, before }: { at: string; before: string | undefined }) => {
  const day = (ts: string) => formatDate('{date_num}', Number(ts) * 1000, 0, reader.value)
  if (before !== undefined && day(before) === day(at)) return null
  return (
    <div class="day-line">
      <span>{formatDate('{day_divider_pretty}', Number(at) * 1000, Date.now(), reader.value)}</span>
    </div>
  )
}
