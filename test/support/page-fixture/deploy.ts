import type { CallRecord, MessageView, StreamEvent } from '../../../src/sandbox/protocol'
import { fleetAt, instance, morning } from './fleet'

type Status = 'pending' | 'in_progress' | 'complete' | 'error'

const bot = 'U0ROLLCALL'
export const rootTs = '1795222812.000100'

const rich = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
})

const task = (task_id: string, title: string, status: Status, output?: string) => ({
  type: 'task_card',
  task_id,
  title,
  status,
  ...(output === undefined ? {} : { output: rich(output) }),
})

const button = (action_id: string, text: string, more: object = {}) => ({
  type: 'button',
  action_id,
  text: { type: 'plain_text', text },
  value: `{"operation":"web-k7f3q"}`,
  ...more,
})

const cancel = button('cancel', 'Cancel', {
  confirm: {
    title: { type: 'plain_text', text: 'Cancel this deploy?' },
    text: {
      type: 'mrkdwn',
      text: 'It stops at the *next safe point*. You then choose to go back or to go on.',
    },
    confirm: { type: 'plain_text', text: 'Cancel the deploy' },
    deny: { type: 'plain_text', text: 'Let it run' },
    style: 'danger',
  },
})

const rollback = button('rollback', 'Roll back to v1', {
  confirm: {
    title: { type: 'plain_text', text: 'Roll web back to v1?' },
    text: { type: 'mrkdwn', text: 'Replaces 2 instances with *Web Server v1*, about 4 min.' },
    confirm: { type: 'plain_text', text: 'Roll back' },
    deny: { type: 'plain_text', text: 'Not now' },
  },
})

interface Shown {
  title: string
  statuses: [Status, Status, Status, Status]
  outputs?: [string?, string?, string?, string?]
  row: string
  foot: string
  buttons: object[]
}

/** The one message of the deploy, as it stands at some moment. */
const deployMessage = (shown: Shown): MessageView => {
  const names = [
    'Image Web Server v2',
    'Template Web version 2',
    'Replace 2 instances',
    'Health and bake time',
  ]
  const tasks = names.map((name, index) =>
    task(`t${index}`, name, shown.statuses[index] ?? 'pending', shown.outputs?.[index]),
  )
  return {
    ts: rootTs,
    at: Number(rootTs) * 1000,
    channel: 'C0OPS',
    user: bot,
    app: true,
    text: `Deploy of web v2: ${shown.title}`,
    ephemeral: false,
    edited: shown.statuses[0] !== 'in_progress',
    blocks: [
      { type: 'header', block_id: 'h', text: { type: 'plain_text', text: 'web → v2' } },
      { type: 'plan', block_id: 'p', title: shown.title, tasks },
      { type: 'section', block_id: 's', text: { type: 'mrkdwn', text: shown.row } },
      {
        type: 'context',
        block_id: 'c',
        elements: [{ type: 'mrkdwn', text: `<@U0ALICE> · \`web-k7f3q\` · ${shown.foot}` }],
      },
      ...(shown.buttons.length > 0 ? [{ type: 'actions', block_id: 'a', elements: shown.buttons }] : []),
    ],
  }
}

let sequence = 0
const call = (
  after: number,
  service: CallRecord['service'],
  action: string,
  input: object,
  more: Partial<CallRecord> = {},
): StreamEvent => {
  sequence += 1
  const mutating = !/^(Describe|Get)/.test(action)
  return {
    type: 'call',
    call: { time: morning + after, sequence, service, action, mutating, input, ...more },
  }
}

const posted = (message: MessageView): StreamEvent => ({
  type: 'messages',
  channel: 'C0OPS',
  messages: [message],
  removed: [],
})

const reply = (ts: string, text: string): MessageView => ({
  ts,
  at: Number(ts) * 1000,
  thread_ts: rootTs,
  channel: 'C0OPS',
  user: bot,
  app: true,
  text,
  blocks: [],
  ephemeral: false,
  edited: false,
})

const [a, b] = [instance('3a', 1), instance('3b', 1)]
const fresh = (id: string, after: number, more = {}) =>
  instance(id, 2, { launchedAt: morning + after, ...more })
const old = (one: typeof a, lifecycle: string) => ({ ...one, lifecycle })

/** A deploy in scenes, each with the events that bring the page there from the scene before. */
export const deploy: Record<string, StreamEvent[]> = {
  idle: [
    {
      type: 'fleet',
      fleet: fleetAt({
        after: 0,
        web: [
          [a, 'healthy'],
          [b, 'healthy'],
        ],
      }),
    },
  ],
  baking: [
    posted(
      deployMessage({
        title: 'Deploying, about 6 min',
        statuses: ['in_progress', 'pending', 'pending', 'pending'],
        outputs: ['Baking ami-02aa, 42 %'],
        row: '*Fleet* 2 serving v1 · min 2 · max 4',
        foot: 'started just now',
        buttons: [cancel],
      }),
    ),
    call(18_000, 'ec2', 'DescribeImages', { Filters: [{ Name: 'name', Values: ['Web Server v2'] }] }),
    call(19_000, 'ec2', 'CreateImage', {
      InstanceId: 'i-0ee9f3c2d1e',
      Name: 'Web Server v2',
      NoReboot: true,
    }),
    call(21_000, 'ec2', 'DescribeImages', { ImageIds: ['ami-02aa'] }),
    call(24_000, 'ec2', 'DescribeImages', { ImageIds: ['ami-02aa'] }),
    call(27_000, 'ec2', 'DescribeImages', { ImageIds: ['ami-02aa'] }, { error: 'RequestLimitExceeded' }),
    {
      type: 'fleet',
      fleet: fleetAt({
        after: 60_000,
        web: [
          [a, 'healthy'],
          [b, 'healthy'],
        ],
        baking: { version: 2, percent: 42 },
      }),
    },
  ],
  rolling: [
    posted(
      deployMessage({
        title: 'Deploying, about 3 min left',
        statuses: ['complete', 'complete', 'in_progress', 'pending'],
        outputs: [
          'Baked ami-02aa in 2 min 10 s',
          'Version 2 from version 1, only the image changed',
          'Instance refresh 50 %',
        ],
        row: '*Fleet* 1 serving v2 · 1 serving v1 · 1 starting v2 · 1 draining v1',
        foot: '3 min 5 s of about 6 min',
        buttons: [cancel],
      }),
    ),
    posted(reply('1795222850.000100', ':package: Image `ami-02aa` is available.')),
    posted(
      reply(
        '1795222860.000100',
        ':arrows_counterclockwise: Instance refresh started: launch before terminate.',
      ),
    ),
    call(150_000, 'ec2', 'CreateLaunchTemplateVersion', { LaunchTemplateName: 'Web', SourceVersion: '1' }),
    call(152_000, 'autoscaling', 'StartInstanceRefresh', {
      AutoScalingGroupName: 'Web-ASG',
      Preferences: { MinHealthyPercentage: 100, MaxHealthyPercentage: 150 },
    }),
    call(155_000, 'autoscaling', 'DescribeInstanceRefreshes', { AutoScalingGroupName: 'Web-ASG' }),
    call(160_000, 'elasticloadbalancing', 'DescribeTargetHealth', { TargetGroupArn: 'Web-TG' }),
    {
      type: 'fleet',
      fleet: fleetAt({
        after: 185_000,
        web: [
          [old(a, 'Terminating:Wait'), 'draining'],
          [b, 'healthy'],
          [fresh('4a', 60_000), 'healthy'],
          [fresh('4c', 170_000, { lifecycle: 'Pending', state: 'pending' })],
        ],
        refresh: { id: 'r-1', status: 'InProgress', percent: 50 },
        baking: { version: 2, state: 'available' },
        versions: 2,
      }),
    },
  ],
  checking: [
    {
      type: 'fleet',
      fleet: fleetAt({
        after: 240_000,
        web: [
          [b, 'healthy'],
          [fresh('4a', 60_000), 'healthy'],
          [fresh('4c', 170_000), 'initial'],
        ],
        refresh: { id: 'r-1', status: 'InProgress', percent: 50 },
        baking: { version: 2, state: 'available' },
        versions: 2,
      }),
    },
  ],
  done: [
    posted(
      deployMessage({
        title: 'web serves v2',
        statuses: ['complete', 'complete', 'complete', 'complete'],
        outputs: [
          'Baked ami-02aa in 2 min 10 s',
          'Version 2 is the default',
          '2 replaced, never fewer than 2 healthy',
          'Healthy for 60 s',
        ],
        row: '*Fleet* 2 serving v2 · min 2 · max 4',
        foot: 'took 5 min 48 s',
        buttons: [rollback, button('show', 'Details')],
      }),
    ),
    posted(reply('1795222890.000100', ':white_check_mark: *web* serves v2. It took 5 min 48 s.')),
    call(330_000, 'ec2', 'ModifyLaunchTemplate', { LaunchTemplateName: 'Web', DefaultVersion: '2' }),
    {
      type: 'fleet',
      fleet: fleetAt({
        after: 348_000,
        web: [
          [fresh('4a', 60_000), 'healthy'],
          [fresh('4c', 170_000), 'healthy'],
        ],
        baking: { version: 2, state: 'available' },
        versions: 2,
        standard: 2,
      }),
    },
  ],
  broken: [
    {
      type: 'fleet',
      fleet: fleetAt({
        after: 500_000,
        web: [
          [{ ...fresh('4a', 60_000), protectedFromScaleIn: true }, 'healthy'],
          [fresh('4c', 170_000, { lifecycle: 'Standby' })],
          [instance('5a', 3, { launchedAt: morning + 420_000 }), 'unhealthy'],
          [instance('5c', 3, { lifecycle: 'Terminating', launchedAt: morning + 430_000 })],
        ],
        refresh: {
          id: 'r-2',
          status: 'RollbackInProgress',
          percent: 30,
          reason: 'Instance failed ELB health checks',
        },
        baking: { version: 3, state: 'failed' },
        versions: 3,
        standard: 2,
      }),
    },
  ],
  shapes: [
    {
      type: 'fleet',
      fleet: fleetAt({
        after: 520_000,
        web: [
          [{ ...fresh('4a', 60_000), weight: 4 }, 'healthy'],
          [
            instance('5a', 3, {
              lifecycle: 'Pending:Wait',
              weight: 4,
              waitsFor: 'bootstrap',
              launchedAt: morning + 420_000,
            }),
          ],
          [
            instance('5c', 3, {
              lifecycle: 'Warmed:Stopped',
              state: 'stopped',
              weight: 4,
              launchedAt: morning + 430_000,
            }),
          ],
        ],
        group: { min: 8, desired: 8, max: 16, mixed: true, units: 8, warm: 1 },
      }),
    },
  ],
}
