import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import type { View } from '../engine/simulation'
import { answerQueries } from './queries'
import type { AlarmRule } from './evaluation'
import type { Series } from './statistics'

/** Until then even a balancer's minute is told: values that are younger are not waited for. */
const lag = 75_000
/** CloudWatch "attempts to retrieve a higher number of data points than the number specified as Evaluation Periods". */
const extra = 2

/** The values in an alarm's evaluation range, oldest first. */
export function evaluationRange(at: View, alarm: MetricAlarm): (number | undefined)[] {
  const queries = queriesOf(alarm)
  const period = periodOf(alarm) * 1000
  const end = Math.floor((at.now - lag) / period) * period
  const wanted = (alarm.EvaluationPeriods ?? 1) + extra
  const sparse = Math.ceil((spacingOf(at, queries) * 2) / period) + 1
  const length = spacingOf(at, queries) > period ? Math.max(wanted, sparse) : wanted
  const from = end - length * period
  const series = tellingOf(queries, answerQueries(at, queries, { from, to: end }))
  return Array.from({ length }, (_, index) => series?.get(from + index * period))
}

/** The newest value that an alarm has, and when its period began. */
export function newestValue(
  at: View,
  alarm: MetricAlarm,
): { readonly value: number; readonly from: number; readonly to: number } | undefined {
  const queries = queriesOf(alarm)
  const period = periodOf(alarm) * 1000
  const to = Math.ceil(at.now / period) * period
  const series = tellingOf(queries, answerQueries(at, queries, { from: to - 20 * period, to }))
  const from = Math.max(...(series?.keys() ?? []))
  const value = series?.get(from)
  return value === undefined
    ? undefined
    : { value, from, to: from + Math.max(period, spacingOf(at, queries)) }
}

export function ruleOf(alarm: MetricAlarm): AlarmRule {
  const threshold = alarm.Threshold ?? 0
  const { EvaluationPeriods = 1 } = alarm
  return {
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? EvaluationPeriods,
    treatMissingData: alarm.TreatMissingData ?? 'missing',
    breaches: comparisons[alarm.ComparisonOperator ?? '']?.(threshold) ?? (() => false),
  }
}

const comparisons: Readonly<Record<string, (threshold: number) => (value: number) => boolean>> = {
  GreaterThanThreshold: (threshold) => (value) => value > threshold,
  GreaterThanOrEqualToThreshold: (threshold) => (value) => value >= threshold,
  LessThanThreshold: (threshold) => (value) => value < threshold,
  LessThanOrEqualToThreshold: (threshold) => (value) => value <= threshold,
}

/** An alarm's metric or expression as queries. */
function queriesOf(alarm: MetricAlarm): MetricDataQuery[] {
  if (alarm.Metrics?.length) return alarm.Metrics
  const { Namespace, MetricName, Dimensions = [], Statistic, ExtendedStatistic, Period = 60 } = alarm
  const Stat = Statistic ?? ExtendedStatistic ?? 'Average'
  return [{ Id: 'm', MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat } }]
}

const periodOf = (alarm: MetricAlarm) =>
  alarm.Period ?? alarm.Metrics?.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period ?? 60

function tellingOf(
  queries: readonly MetricDataQuery[],
  answers: ReadonlyMap<string, Series>,
): Series | undefined {
  const told = queries.find(({ ReturnData }) => ReturnData ?? true)
  return answers.get(told?.Id ?? '')
}

/** How far apart the metric itself is published, in milliseconds: five minutes where monitoring is basic. */
function spacingOf({ metrics }: View, queries: readonly MetricDataQuery[]): number {
  const {
    Namespace = '',
    MetricName = '',
    Dimensions = [],
  } = queries.find(({ MetricStat }) => MetricStat)?.MetricStat?.Metric ?? {}
  const points = metrics.find({ namespace: Namespace, name: MetricName, dimensions: Dimensions })?.points
  const [one, two] = points?.slice(-2) ?? []
  return Namespace === 'AWS/EC2' && one && two ? two.at - one.at : 0
}
