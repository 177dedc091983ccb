import { type Reason, reason } from '../../reasons/reason'
import type { TimeProblem } from './times'

/** Why a time is asked back, as a reason that people meet. */
export const timeReason = (problem: TimeProblem): Reason => {
  switch (problem.code) {
    case 'unclear':
      return reason('time_unclear', { text: problem.text })
    case 'ambiguous':
      return reason('time_ambiguous', { text: problem.text, choices: problem.choices })
    case 'no_time':
      return reason('time_missing')
    case 'no_end':
      return reason('time_without_end')
    case 'past':
      return reason('time_past', { at: problem.at })
    case 'zero_length':
      return reason('time_zero_length')
    case 'end_before_start':
      return reason('time_ends_first')
    case 'too_long':
      return reason('time_too_long', { most: problem.most })
    case 'unknown_zone':
      return reason('zone_unknown', { text: problem.text })
    case 'skipped':
      return reason('time_skipped', { text: problem.text, zone: problem.zone })
  }
}
