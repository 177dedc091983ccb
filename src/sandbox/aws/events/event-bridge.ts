import type { EventBridgeHandlers } from '../handlers'
import { AwsError } from '../wire/error'

const noRule = (name: string) =>
  new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`)

/** The default bus, rules by pattern, and queues as their targets. */
export const eventBridgeHandlers = {
  PutRule(sim, { Name: name, EventPattern: pattern, State: state }) {
    const { account, region, eventRules } = sim.world
    if (pattern === undefined)
      throw new AwsError('ValidationException', 'Only rules by EventPattern are simulated.')
    try {
      JSON.parse(pattern)
    } catch {
      throw new AwsError('InvalidEventPatternException', 'Event pattern is not valid. Reason: it is not JSON')
    }
    const targets = eventRules.get(name)?.targets ?? new Map<string, string>()
    eventRules.set(name, { name, pattern, enabled: state !== 'DISABLED', targets })
    return { RuleArn: `arn:aws:events:${region}:${account}:rule/${name}` }
  },

  PutTargets(sim, { Rule: name, Targets: targets }) {
    const rule = sim.world.eventRules.get(name)
    if (!rule) throw noRule(name)
    for (const { Id = '', Arn = '' } of targets) rule.targets.set(Id, Arn)
    return { FailedEntryCount: 0, FailedEntries: [] }
  },

  /** aws: PutEvents: each entry is taken or refused by itself; a source of AWS's own is refused. */
  PutEvents(sim, { Entries: entries }) {
    const answers = entries.map(({ Source = '', DetailType = '', Detail = '{}', Resources = [] }) => {
      if (Source === '' || DetailType === '')
        return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter Source or DetailType is not valid.' }
      if (Source.startsWith('aws.'))
        return {
          ErrorCode: 'NotAuthorizedForSourceException',
          ErrorMessage: 'Not authorized for the source.',
        }
      const detail = detailOf(Detail)
      if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
      return { EventId: sim.bus.put({ source: Source, type: DetailType, resources: Resources, detail }) }
    })
    return { FailedEntryCount: answers.filter((one) => 'ErrorCode' in one).length, Entries: answers }
  },
} satisfies EventBridgeHandlers

function detailOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const detail: unknown = JSON.parse(text)
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? { ...detail } : undefined
  } catch {
    return undefined
  }
}
