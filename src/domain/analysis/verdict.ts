import type { Checks } from '../catalogue/catalogue'
import { judgeErrors } from './errors'
import type { Doubt, Figures, Verdict } from './judgement'
import { judgeLatency } from './latency'
import { total } from './proportions'
import type { Evidence } from './traffic'

/** Fewer minutes are never called good. */
const fewestMinutes = 5

/**
 * Judges a new version by what customers met. Bad may be called at once, good after five minutes and `least` requests;
 * everything else is unsure: what is not known is never taken for good. `here` is how many of the observed minutes are
 * of the share of traffic that it has now, where those at smaller shares are told as well: good takes five of these.
 * `docs/checks.md` has the statistics.
 */
export const judge = (
  checks: Pick<Checks, 'errors' | 'latency' | 'least'>,
  evidence: Evidence,
  here = evidence.observed.length,
): Verdict => {
  const errors = judgeErrors(checks.errors, evidence)
  const latency = checks.latency && judgeLatency(checks.latency, evidence)
  const minutes = evidence.observed.length
  const whole = total(evidence.observed.map((minute) => minute.new))
  const figures: Figures = {
    minutes,
    ...whole,
    share: errors.share,
    oldShare: errors.oldShare,
    ...(latency?.latency !== undefined && { latency: latency.latency }),
    ...(latency?.oldLatency !== undefined && { oldLatency: latency.oldLatency }),
    ...(checks.latency && { percentile: checks.latency.percentile }),
  }
  if (checks.errors && errors.judgement === 'bad') return { kind: 'bad', check: 'errors', figures }
  if (latency?.judgement === 'bad') return { kind: 'bad', check: 'latency', figures }
  const unsure = (doubt: Doubt): Verdict => ({ kind: 'unsure', doubt, figures })
  if (whole.requests === 0) return unsure('no_data')
  if (whole.requests < checks.least) return unsure('few_requests')
  if (here < fewestMinutes) return unsure('few_minutes')
  for (const judgement of [checks.errors && errors.judgement, latency?.judgement])
    if (judgement !== undefined && judgement !== 'good' && judgement !== 'bad') return unsure(judgement)
  return { kind: 'good', figures }
}
