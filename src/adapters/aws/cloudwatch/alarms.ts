import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import type { Alarms } from '../../../ports/alarms'
import type { SdkClients } from '../client/sdk-clients'
import type { AwsClient } from '../client/client'
import { pages } from '../client/pages'

/** Read when asked and never kept: it is asked for when a window ends. */
export function createAlarms({ cloudWatch }: SdkClients, aws: AwsClient): Alarms {
  return {
    states: async (names) => {
      // Without names every alarm would be meant.
      if (names.length === 0) return new Map()
      const found = await pages(async (NextToken) => {
        const page = await aws.read('DescribeAlarms', () =>
          cloudWatch.send(
            new DescribeAlarmsCommand({
              AlarmNames: [...names],
              // Unless they are named, composite alarms are not told (CloudWatch API reference, DescribeAlarms).
              AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
              MaxRecords: 100,
              NextToken,
            }),
          ),
        )
        const { MetricAlarms = [], CompositeAlarms = [] } = page
        return { items: [...MetricAlarms, ...CompositeAlarms], next: page.NextToken }
      })
      return new Map(
        found.flatMap(({ AlarmName, StateValue }) =>
          AlarmName !== undefined && StateValue !== undefined ? [[AlarmName, StateValue] as const] : [],
        ),
      )
    },
  }
}
