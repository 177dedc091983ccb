import type { Operation } from '../operation/operation'
import { checkSteps, shareCheckSteps } from '../steps/checks'
import { recordsOf } from '../steps/records'
import type { Doubt, Figures } from './judgement'
import type { ObservedMinute } from './traffic'

/** What the look at a new version's customers came to, as it is recorded: bad ones fail instead. */
export type Checked = {
  readonly verdict: 'good' | 'unsure'
  readonly doubt?: Doubt
  /** The rights that are missing, where Rollcall may not read what it needs. */
  readonly permissions?: readonly string[]
  readonly figures: Figures
  /** What was seen at this share of the traffic, for the next one. */
  readonly observed?: readonly ObservedMinute[]
}

/** What an operation's checks came to last; undefined where none has ended. */
export const checkedBy = ({ steps }: Pick<Operation, 'steps'>): Checked | undefined => {
  const done = [checkSteps.verdict, shareCheckSteps.verdict]
    .flatMap((step) => recordsOf(steps, step))
    .filter(({ record }) => record.state === 'done' && record.outcome !== undefined)
    .sort((a, b) => a.record.order - b.record.order)
  return done.at(-1)?.record.outcome as unknown as Checked | undefined
}
