import { DateTime } from 'luxon'
import type { Timer } from '../operation/timer'
import type { Service } from '../catalogue/catalogue'
import { rollcall } from '../access/person'
import type { Instant } from '../time/time'

/** When a service's template moves to its newest image by itself, each day. */
export interface Daily {
  readonly hour: number
  readonly minute: number
  /** IANA name of the zone whose clocks show it. */
  readonly zone: string
}

/** The day's time of a service's refresh; undefined where the catalogue asks for none. */
export const dailyOf = ({ image, timezone }: Pick<Service, 'image' | 'timezone'>): Daily | undefined => {
  const [hour, minute] = (image?.newest?.daily ?? '').split(':').map(Number)
  return hour === undefined || minute === undefined ? undefined : { hour, minute, zone: timezone }
}

/** The rule in a word, by which a timer tells whether the catalogue has changed since. */
export const ruleOf = ({ hour, minute, zone }: Daily): string => `${hour}:${minute} ${zone}`

/**
 * The first instant after another at which the zone's clocks show the time. Once each day: where clocks are put forward
 * over it, it is as much later as they are; where they are put back over it, the first of the two.
 */
export const nextDaily = ({ hour, minute, zone }: Daily, after: Instant): Instant => {
  const today = DateTime.fromMillis(after, { zone }).startOf('day')
  for (let days = 0; ; days += 1) {
    const { year, month, day } = today.plus({ days })
    const at = DateTime.fromObject({ year, month, day, hour, minute }, { zone })
    const [first = at] = at.getPossibleOffsets().toSorted((a, b) => a.toMillis() - b.toMillis())
    if (first.toMillis() > after) return first.toMillis()
  }
}

export const dailyId = (service: string): string => `daily ${service}`

/** The timer of a service's next daily image update. `told` is what was said and is not to be said again. */
export const dailyTimer = (service: string, daily: Daily, at: Instant, told?: string): Timer => ({
  id: dailyId(service),
  at,
  request: { procedure: 'update-image', service },
  by: rollcall,
  daily: { rule: ruleOf(daily), ...(told !== undefined && { told }) },
})
