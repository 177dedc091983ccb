import { median } from './ranks'
import type { TrafficMinute } from './traffic'

/** So much more or less load for each target is still about the same. */
const alike = 1.35
/** So many minutes under about the same load are enough to compare with. */
const enough = 10

/**
 * The minutes from before that compare with those seen now. Load alone makes answers slower and errors more, so that
 * those are chosen in which each target had about the same; where they are few, those with more of it too, which is to
 * the new version's favour. All of them where loads are not known.
 */
export const comparable = (
  before: readonly TrafficMinute[],
  now: readonly Pick<TrafficMinute, 'load'>[],
): readonly TrafficMinute[] => {
  const load = median(now.flatMap((minute) => minute.load ?? []))
  if (load === undefined) return before
  const least = before.filter((minute) => minute.load === undefined || minute.load * alike >= load)
  const near = least.filter((minute) => minute.load === undefined || minute.load <= load * alike)
  return near.length >= enough ? near : least
}
