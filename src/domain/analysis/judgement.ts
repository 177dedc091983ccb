/** Both versions in numbers, as people are told. */
export type Figures = {
  /** Minutes that were counted. */
  readonly minutes: number
  readonly requests: number
  readonly errors: number
  /** The share of the new version's answers that are errors: where both are mixed, without the old one's. */
  readonly share: number
  /** The old version's. */
  readonly oldShare: number
  /** Milliseconds of the percentile, in the middle of the minutes. */
  readonly latency?: number
  readonly oldLatency?: number
  readonly percentile?: number
}

/** Which check decided. */
type CheckName = 'errors' | 'latency'

/**
 * Why nothing can be said: no data; too few requests; too few minutes that compare; the old side has none to compare
 * with; it looks worse and may still be chance; CloudWatch does not tell of the alarms; Rollcall may not read it.
 */
export type Doubt =
  | 'alarms_unknown'
  | 'denied'
  | 'no_data'
  | 'few_requests'
  | 'few_minutes'
  | 'nothing_to_compare'
  | 'undecided'

export type Verdict =
  | { readonly kind: 'good'; readonly figures: Figures }
  | { readonly kind: 'bad'; readonly check: CheckName; readonly figures: Figures }
  | { readonly kind: 'unsure'; readonly doubt: Doubt; readonly figures: Figures }

/** What one check says of the same evidence. */
export type Judgement =
  | 'good'
  | 'bad'
  | Exclude<Doubt, 'denied' | 'no_data' | 'few_requests' | 'alarms_unknown'>
