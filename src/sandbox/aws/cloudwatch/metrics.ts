import type { Datapoint } from '@aws-sdk/client-cloudwatch'
import type { CloudWatchHandlers } from '../handlers'
import { page } from '../paging'
import { AwsError, validationError } from '../wire/error'
import { answerQueries, checkPeriod, checkQueries } from './queries'
import { isStatistic, seriesOf } from './statistics'

const mostQueries = 500
const mostMetrics = 500
const mostDatapoints = 100_800
const mostStatistics = 1440

export const metricHandlers = {
  /** aws: API reference, ListMetrics: 500 to a page; a dimension without a value fits any value of it. */
  ListMetrics({ metrics }, { Namespace, MetricName, Dimensions = [], NextToken }) {
    const found = [...metrics.list()].filter(
      ({ namespace, name, dimensions }) =>
        (Namespace === undefined || namespace === Namespace) &&
        (MetricName === undefined || name === MetricName) &&
        Dimensions.every(({ Name, Value }) =>
          dimensions.some((one) => one.Name === Name && (Value === undefined || one.Value === Value)),
        ),
    )
    const { items, next } = page(found, { size: mostMetrics, token: NextToken, badToken })
    return {
      Metrics: items.map(({ namespace, name, dimensions }) => ({
        Namespace: namespace,
        MetricName: name,
        Dimensions: [...dimensions],
      })),
      NextToken: next,
    }
  },

  /** No data is an empty list, not a zero. Points a page are counted over all queries together. */
  GetMetricData(at, input) {
    const { MetricDataQueries: queries, StartTime, EndTime, ScanBy, MaxDatapoints, NextToken } = input
    if (queries.length > mostQueries)
      throw validationError(
        `The collection MetricDataQueries must not have a size greater than ${mostQueries}.`,
      )
    const [from, to] = [StartTime.getTime(), EndTime.getTime()]
    if (from >= to) throw validationError('The parameter StartTime must be less than the parameter EndTime.')
    checkQueries(queries)
    const size = MaxDatapoints ?? mostDatapoints
    if (size < 1 || size > mostDatapoints)
      throw validationError(`The parameter MaxDatapoints must be between 1 and ${mostDatapoints}.`)
    const found = answerQueries(at, queries, { from, to })
    const told = queries.filter((query) => query.ReturnData ?? true)
    const rows = told.flatMap(({ Id = '' }) =>
      [...(found.get(Id) ?? [])]
        .sort(([a], [b]) => (ScanBy === 'TimestampAscending' ? a - b : b - a))
        .map(([time, value]) => ({ Id, time, value })),
    )
    const { items, next } = page(rows, { size, token: NextToken, badToken })
    const shown = NextToken === undefined ? told : told.filter(({ Id }) => items.some((row) => row.Id === Id))
    return {
      MetricDataResults: shown.map(({ Id = '', Label, MetricStat, Expression }) => {
        const own = items.filter((row) => row.Id === Id)
        const more = next !== undefined && rows.filter((row) => row.Id === Id).length > own.length
        return {
          Id,
          Label: Label ?? MetricStat?.Metric?.MetricName ?? Expression,
          Timestamps: own.map(({ time }) => new Date(time)),
          Values: own.map(({ value }) => value),
          StatusCode: more ? ('PartialData' as const) : ('Complete' as const),
        }
      }),
      Messages: [],
      NextToken: next,
    }
  },

  GetMetricStatistics({ metrics, now }, input) {
    const { Namespace, MetricName, Dimensions = [], StartTime, EndTime, Period } = input
    const { Statistics = [], ExtendedStatistics = [] } = input
    if (Statistics.length + ExtendedStatistics.length === 0)
      throw new AwsError('MissingParameter', 'At least one of Statistics and ExtendedStatistics is required')
    const [from, to] = [StartTime.getTime(), EndTime.getTime()]
    if (from >= to)
      throw new AwsError(
        'InvalidParameterValue',
        'The parameter StartTime must be less than the parameter EndTime.',
      )
    checkPeriod(Period)
    const asked = Math.ceil((to - from) / (Period * 1000))
    if (asked > mostStatistics)
      throw new AwsError(
        'InvalidParameterCombination',
        `You have requested up to ${asked} datapoints, which exceeds the limit of ${mostStatistics}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      )
    for (const one of ExtendedStatistics)
      if (!isStatistic(one)) throw validationError(`The value ${one} is not a valid extended statistic.`)
    const metric = metrics.find({ namespace: Namespace, name: MetricName, dimensions: Dimensions })
    const points = new Map<number, Datapoint>()
    const pointAt = (time: number): Datapoint => {
      let point = points.get(time)
      if (!point) points.set(time, (point = { Timestamp: new Date(time), Unit: metric?.unit }))
      return point
    }
    const series = (statistic: string) => seriesOf(metric, { statistic, period: Period, from, to }, now)
    for (const statistic of Statistics)
      for (const [time, value] of series(statistic)) pointAt(time)[statistic] = value
    for (const statistic of ExtendedStatistics)
      for (const [time, value] of series(statistic)) {
        const point = pointAt(time)
        point.ExtendedStatistics = { ...point.ExtendedStatistics, [statistic]: value }
      }
    return { Label: MetricName, Datapoints: [...points.values()] }
  },
} satisfies CloudWatchHandlers

const badToken = () => new AwsError('InvalidNextToken', 'The next token specified is invalid.')
