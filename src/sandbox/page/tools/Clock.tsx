import { now } from '../state/clock'
import { reader } from '../state/workspace'
import { clockFace } from '../text/dates'

/** Simulated time, in the persona's zone. */
export const Clock = () => {
  const { date, time, zone } = clockFace(now.value, reader.value)
  return (
    <div class="clock" role="timer" aria-label="Simulated time" aria-live="off">
      <span class="clock-time">{time}</span>
      <span class="clock-date">
        {date} <small>{zone}</small>
      </span>
    </div>
  )
}
