import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What Prometheus is told. Names begin with `rollcall_`. */
export const createMetrics = () => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'rollcall_' })
  const registers = [registry]
  return {
    registry,
    awsCalls: new Counter({
      name: 'rollcall_aws_calls_total',
      help: 'Calls to AWS, by action and outcome (ok, throttled, failed), and reads that another answer served (saved).',
      labelNames: ['action', 'outcome'] as const,
      registers,
    }),
    endings: new Counter({
      name: 'rollcall_operations_ended_total',
      help: 'Operations that ended, by procedure and ending.',
      labelNames: ['procedure', 'ending'] as const,
      registers,
    }),
    duration: new Histogram({
      name: 'rollcall_operation_seconds',
      help: 'Clock time from the command to the ending.',
      labelNames: ['procedure', 'ending'] as const,
      buckets: [30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200],
      registers,
    }),
    unfinished: new Gauge({
      name: 'rollcall_operations_unfinished',
      help: 'Operations that have no ending yet.',
      registers,
    }),
    commands: new Counter({
      name: 'rollcall_deliveries_total',
      help: 'What came from Slack, by kind (line, click, submit, shortcut, home).',
      labelNames: ['kind'] as const,
      registers,
    }),
    events: new Counter({
      name: 'rollcall_aws_events_total',
      help: "Messages that came by the events' queues, by kind (subject, heartbeat, unknown).",
      labelNames: ['kind'] as const,
      registers,
    }),
    told: new Counter({
      name: 'rollcall_endings_told_total',
      help: 'Endings that other systems were told of, by receiver and outcome (told, refused, lost).',
      labelNames: ['receiver', 'outcome'] as const,
      registers,
    }),
    webhookDeliveries: new Counter({
      name: 'rollcall_webhook_deliveries_total',
      help: 'Attempts to tell a webhook, by outcome (delivered, failed, refused, gone), and events that nobody took (dead).',
      labelNames: ['webhook', 'outcome'] as const,
      registers,
    }),
    webhookWaiting: new Gauge({
      name: 'rollcall_webhook_waiting',
      help: 'Events that a webhook is still to be told of.',
      labelNames: ['webhook'] as const,
      registers,
    }),
    webhookDead: new Gauge({
      name: 'rollcall_webhook_dead',
      help: 'Events that a webhook did not take and that are kept to be sent again.',
      labelNames: ['webhook'] as const,
      registers,
    }),
    webhookOldest: new Gauge({
      name: 'rollcall_webhook_oldest_seconds',
      help: 'Clock time since the oldest event that waits; 0 where none does.',
      labelNames: ['webhook'] as const,
      registers,
    }),
    unarchived: new Gauge({
      name: 'rollcall_record_unarchived_lines',
      help: 'Lines of the record that are not archived yet, at the last look; 0 where nobody archives.',
      registers,
    }),
    doorCalls: new Counter({
      name: 'rollcall_door_calls_total',
      help: 'Calls that the door answered, by HTTP method and status.',
      labelNames: ['method', 'status'] as const,
      registers,
    }),
    tick: new Histogram({
      name: 'rollcall_tick_seconds',
      help: 'Real time that one tick of an operation took.',
      buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10],
      registers,
    }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
