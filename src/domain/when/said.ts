import { type Reason, reason } from '../reasons'
import type { TimeTrouble } from './times'

/** Why a time is asked back, as a reason that people meet. */
export const timeReason = (trouble: TimeTrouble): Reason => {
  switch (trouble.code) {
    case 'unclear':
      return reason('time_unclear', { text: trouble.text })
    case 'ambiguous':
      return reason('time_ambiguous', { text: trouble.text, choices: trouble.choices })
    case 'no_time':
      return reason('time_missing')
    case 'no_end':
      return reason('time_without_end')
    case 'past':
      return reason('time_past', { at: trouble.at })
    case 'zero_length':
      return reason('time_zero_length')
    case 'end_before_start':
      return reason('time_ends_first')
    case 'too_long':
      return reason('time_too_long', { most: trouble.most })
    case 'unknown_zone':
      return reason('zone_unknown', { text: trouble.text })
    case 'skipped':
      return reason('time_skipped', { text: trouble.text, zone: trouble.zone })
  }
}
