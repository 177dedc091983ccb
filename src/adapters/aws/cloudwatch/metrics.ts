import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch'
import type { TrafficMinute } from '../../../domain/analysis/traffic'
import { minute } from '../../../domain/time/time'
import type { Clock } from '../../../ports/clock'
import { type Metrics, trafficHistory, type TrafficSource } from '../../../ports/metrics'
import type { RealTime } from '../../../ports/real-time'
import type { SdkClients } from '../client/sdk-clients'
import type { AwsClient } from '../client/client'
import { pages } from '../client/pages'
import { defined } from '../../../domain/defined'
import { BatchingReader, type Load } from '../reads/batching-reader'

/** aws: GetMetricData, MetricDataQueries: 500 at most. */
const queriesPerCall = 500
const queriesPerSource = 4
const second = 1_000

/** One call for the traffic of all that is watched. */
export function createMetrics(
  { cloudWatch }: SdkClients,
  aws: AwsClient,
  clock: Clock,
  time: RealTime,
): Metrics {
  const reader = new BatchingReader({
    clock,
    time,
    maxKeys: queriesPerCall / queriesPerSource,
    load: loadTraffic(cloudWatch, aws, clock),
    onShared: () => aws.shared('GetMetricData'),
  })
  return {
    traffic: async (source, freshness) => (await reader.get(keyOf(source), freshness)) ?? [],
  }
}

const keyOf = ({ loadBalancer, targetGroup, percentile }: TrafficSource): string =>
  JSON.stringify([loadBalancer, targetGroup, percentile ?? null])

const sourceOf = (key: string): TrafficSource => {
  const [loadBalancer, targetGroup, percentile] = JSON.parse(key) as [string, string, number | null]
  return { loadBalancer, targetGroup, ...(percentile !== null && { percentile }) }
}

const loadTraffic =
  (client: CloudWatchClient, aws: AwsClient, clock: Clock): Load<readonly TrafficMinute[]> =>
  async (keys) => {
    let asked: readonly string[] = []
    let span: { readonly StartTime: Date; readonly EndTime: Date } | undefined
    const results = await pages(async (NextToken) => {
      const { MetricDataResults, NextToken: next } = await aws.read('GetMetricData', () => {
        // All pages are of the call that was made first.
        if (!span) {
          asked = keys()
          const now = Math.floor(clock.now() / minute) * minute
          span = { StartTime: new Date(now - trafficHistory), EndTime: new Date(now + minute) }
        }
        return client.send(
          new GetMetricDataCommand({
            MetricDataQueries: asked.flatMap((key, at) => queriesOf(sourceOf(key), at)),
            ...span,
            ScanBy: 'TimestampAscending',
            NextToken,
          }),
        )
      })
      return { items: MetricDataResults, next }
    })
    return new Map(asked.map((key, at) => [key, minutesOf(results, at)]))
  }

/** The last part of an ARN, as dimensions name load balancers and target groups (ALB guide, CloudWatch metrics). */
const dimensionOf = (arn: string): string =>
  arn.slice(arn.lastIndexOf(':') + 1).replace(/^loadbalancer\//, '')

const queriesOf = (
  { loadBalancer, targetGroup, percentile }: TrafficSource,
  at: number,
): MetricDataQuery[] => {
  const query = (name: string, MetricName: string, Stat: string): MetricDataQuery => ({
    Id: `${name}${at}`,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/ApplicationELB',
        MetricName,
        Dimensions: [
          { Name: 'LoadBalancer', Value: dimensionOf(loadBalancer) },
          { Name: 'TargetGroup', Value: dimensionOf(targetGroup) },
        ],
      },
      Period: minute / second,
      Stat,
    },
  })
  return [
    query('requests', 'RequestCount', 'Sum'),
    query('errors', 'HTTPCode_Target_5XX_Count', 'Sum'),
    // "The only valid statistic is Sum. This represents the average, not the sum." (the same page)
    query('load', 'RequestCountPerTarget', 'Sum'),
    ...(percentile === undefined ? [] : [query('latency', 'TargetResponseTime', `p${percentile}`)]),
  ]
}

/** A count that is zero is no data point, where there were requests (the same page, "Reporting criteria"). */
const minutesOf = (results: readonly MetricDataResult[], at: number): readonly TrafficMinute[] => {
  const values = (name: string) =>
    new Map(
      results
        .filter(({ Id }) => Id === `${name}${at}`)
        .flatMap(({ Timestamps = [], Values = [] }) =>
          Timestamps.map((time, index) => [new Date(time).getTime(), Values[index] ?? 0] as const),
        ),
    )
  const [errors, load, latency] = [values('errors'), values('load'), values('latency')]
  return [...values('requests')]
    .filter(([, requests]) => requests > 0)
    .sort(([a], [b]) => a - b)
    .map(([began, requests]) => {
      const seconds = latency.get(began)
      return defined({
        at: began,
        requests,
        errors: errors.get(began) ?? 0,
        load: load.get(began),
        latency: seconds === undefined ? undefined : seconds * second,
      })
    })
}
