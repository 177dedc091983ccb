import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import type { Alarms } from '../../ports/alarms'
import type { Clients } from './clients'
import type { Line } from './line'
import { pages } from './pages'

/** Read when asked and never kept: it is asked for when a window ends. */
export function createAlarms({ cloudWatch }: Clients, line: Line): Alarms {
  return {
    states: async (names) => {
      // Without names every alarm would be meant.
      if (names.length === 0) return new Map()
      const found = await pages(async (NextToken) => {
        const page = await line.read('DescribeAlarms', () =>
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
