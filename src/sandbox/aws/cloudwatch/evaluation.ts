/** The settings of an alarm by which its state follows from values. */
export interface AlarmRule {
  readonly evaluationPeriods: number
  readonly datapointsToAlarm: number
  readonly treatMissingData: string
  readonly breaches: (value: number) => boolean
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/**
 * The state of an alarm by the values of its evaluation range, oldest first; undefined where one is missing.
 * aws: CloudWatch user guide, "How alarm state is evaluated when data is missing" and "Avoiding premature transitions to
 * alarm state"; the tables there are this function's tests.
 */
export function evaluateAlarm(
  range: readonly (number | undefined)[],
  rule: AlarmRule,
  current: AlarmState,
): AlarmState {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData: treat } = rule
  const real = range.filter((value) => value !== undefined)
  const breaching = (values: readonly number[]) => values.filter(rule.breaches).length
  const by = (count: number): AlarmState => (count >= datapointsToAlarm ? 'ALARM' : 'OK')
  if (real.length >= evaluationPeriods) return by(breaching(real.slice(-evaluationPeriods)))
  const filled = evaluationPeriods - real.length
  if (treat === 'breaching') return by(breaching(real) + filled)
  if (treat === 'notBreaching') return by(breaching(real))
  if (real.length === 0) return treat === 'ignore' ? current : 'INSUFFICIENT_DATA'
  if (breaching(real) < real.length) return by(breaching(real))
  // All that is there breaches: an alarm, unless that has begun too lately, as the next value may be a good one.
  if (treat === 'ignore') return current
  const oldest = range.length - range.findIndex((value) => value !== undefined)
  return oldest >= datapointsToAlarm ? 'ALARM' : current
}
