import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import type { View } from '../engine/simulation'
import { validationError } from '../wire/error'
import { evaluate } from './expression'
import { isStatistic, type Series, seriesOf } from './statistics'

/** The values of queries, by id: metrics and the expressions over them, in a span of time. */
export function answerQueries(
  { metrics, now }: View,
  queries: readonly MetricDataQuery[],
  span: { readonly from: number; readonly to: number },
): Map<string, Series> {
  const found = new Map<string, Series>()
  const byId = new Map(queries.map((query) => [query.Id ?? '', query]))
  const under = new Set<string>()
  const metricSeries = () =>
    queries
      .filter(({ MetricStat }) => MetricStat !== undefined)
      .map(({ Id = '' }) => [Id, solve(Id)] as const)

  function solve(id: string): Series {
    const known = found.get(id)
    if (known) return known
    const query = byId.get(id)
    if (!query) throw validationError(`Error in expression: Undeclared token ${id}`)
    if (under.has(id)) throw validationError(`Error in expression '${id}': Circular reference`)
    under.add(id)
    const series = query.MetricStat ? ofMetric(query) : ofExpression(id, query.Expression ?? '')
    under.delete(id)
    found.set(id, series)
    return series
  }

  function ofMetric({ MetricStat }: MetricDataQuery): Series {
    const { Metric = {}, Period = 60, Stat = 'Average' } = MetricStat ?? {}
    const metric = metrics.find({
      namespace: Metric.Namespace ?? '',
      name: Metric.MetricName ?? '',
      dimensions: Metric.Dimensions ?? [],
    })
    return seriesOf(metric, { statistic: Stat, period: Period, ...span }, now)
  }

  function ofExpression(id: string, expression: string): Series {
    try {
      return evaluate(expression, { series: solve, metrics: metricSeries })
    } catch (error) {
      if (error instanceof Error && error.constructor === Error)
        throw validationError(`Error in expression '${id}': ${error.message}`)
      throw error
    }
  }

  for (const id of byId.keys()) solve(id)
  return found
}

/** What CloudWatch refuses in queries. */
export function checkQueries(queries: readonly MetricDataQuery[]): void {
  const seen = new Set<string>()
  for (const { Id = '', MetricStat, Expression } of queries) {
    if (!/^[a-z][A-Za-z0-9_]{0,254}$/.test(Id))
      throw validationError(
        `The value '${Id}' for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
      )
    if (seen.has(Id))
      throw validationError(`The values for parameter id in MetricDataQueries are not unique.`)
    seen.add(Id)
    if ((MetricStat === undefined) === (Expression === undefined))
      throw validationError(
        `Exactly one of the parameters MetricStat and Expression must be specified for the query ${Id}.`,
      )
    if (!MetricStat) continue
    checkPeriod(MetricStat.Period ?? 60)
    if (!isStatistic(MetricStat.Stat ?? ''))
      throw validationError(
        `The value ${MetricStat.Stat ?? ''} for parameter MetricStat.Stat is not supported.`,
      )
  }
}

/** aws: GetMetricData, Period: 1, 5, 10, 20, 30, or a multiple of 60; here there are no metrics of high resolution. */
export function checkPeriod(period: number): void {
  if (period <= 0 || (period % 60 !== 0 && ![1, 5, 10, 20, 30].includes(period)))
    throw validationError(`The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.`)
}
