import type { MessageView } from '../../../src/sandbox/protocol'

const plain = (text: string) => ({ type: 'plain_text', text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const option = (text: string, value: string, description?: string) => ({
  text: plain(text),
  value,
  ...(description === undefined ? {} : { description: plain(description) }),
})
const raw = (text: string) => ({ type: 'raw_text', text })
const section = (...elements: object[]) => ({ type: 'rich_text_section', elements })

const pixel =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='120' height='60'%3E%3Crect width='120' height='60' fill='teal'/%3E%3C/svg%3E"

/** 2026-11-21 10:00 in Seoul, in Unix seconds. */
const instant = 1_795_222_800

/** One message with every kind of block and of element that a message may hold. */
export const gallery: MessageView = {
  ts: '1795222900.000100',
  at: 1_795_222_900_000,
  channel: 'C0OPS',
  user: 'U0ROLLCALL',
  app: true,
  text: 'Every block',
  ephemeral: true,
  edited: false,
  blocks: [
    { type: 'header', text: plain('Every block :rocket:') },
    {
      type: 'section',
      block_id: 'marks',
      text: mrkdwn(
        `*bold* _italic_ ~struck~ \`code <&lt;>\` <https://example.com/a?b=1|a link> <@U0ALICE> <#C0OPS> &lt;safe&gt; <javascript:alert(1)|no link>\n> quoted *line*\n• first\n• second\n\`\`\`pre *not bold*\`\`\`\n<!date^${instant}^{date_num} {time}|fallback> <!date^${instant}^{date_short_pretty} at {time}|fallback> <!here>`,
      ),
      fields: [mrkdwn('*Minimum*\n2'), mrkdwn('*Maximum*\n4'), plain('a field')],
      accessory: { type: 'image', image_url: pixel, alt_text: 'a teal square' },
    },
    {
      type: 'section',
      block_id: 'pick',
      text: mrkdwn('Choose a version'),
      accessory: {
        type: 'static_select',
        action_id: 'version',
        placeholder: plain('Version'),
        options: [option('v1', 'v1', 'what is served'), option('v2', 'v2')],
      },
    },
    { type: 'divider' },
    {
      type: 'actions',
      block_id: 'acts',
      elements: [
        { type: 'button', action_id: 'go', text: plain('Run it'), style: 'primary', value: 'x' },
        {
          type: 'button',
          action_id: 'drop',
          text: plain('Tear down'),
          style: 'danger',
          confirm: {
            title: plain('Tear it down?'),
            text: mrkdwn('This *cannot* be undone.'),
            confirm: plain('Tear down'),
            deny: plain('Keep it'),
            style: 'danger',
          },
        },
        {
          type: 'overflow',
          action_id: 'more',
          options: [option('Show plan', 'plan'), option('Show log', 'log')],
        },
        { type: 'datepicker', action_id: 'day', initial_date: '2026-11-22' },
        { type: 'users_select', action_id: 'who', placeholder: plain('Who') },
      ],
    },
    {
      type: 'rich_text',
      elements: [
        section(
          { type: 'text', text: 'Rich ', style: { bold: true } },
          { type: 'text', text: 'code', style: { code: true } },
          { type: 'text', text: ' ' },
          { type: 'link', url: 'https://example.com', text: 'link' },
          { type: 'text', text: ' ' },
          { type: 'user', user_id: 'U0BOB' },
          { type: 'text', text: ' ' },
          { type: 'channel', channel_id: 'C0OPS' },
          { type: 'text', text: ' ' },
          { type: 'emoji', name: 'lock' },
          { type: 'text', text: ' ' },
          { type: 'date', timestamp: instant, format: '{date_num} {time}' },
        ),
        {
          type: 'rich_text_list',
          style: 'ordered',
          elements: [
            section({ type: 'text', text: 'one' }),
            section({ type: 'text', text: 'two', style: { strike: true } }),
          ],
        },
        {
          type: 'rich_text_list',
          style: 'bullet',
          indent: 1,
          elements: [section({ type: 'text', text: 'deeper' })],
        },
        { type: 'rich_text_quote', elements: [{ type: 'text', text: 'quoted' }] },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'aws ec2 describe-images' }] },
      ],
    },
    {
      type: 'table',
      column_settings: [{}, { align: 'right' }],
      rows: [
        [raw('Operation'), raw('Took'), raw('By')],
        [raw('web-k7f3q'), raw('5 min 48 s'), raw('alice')],
        [raw('web-a1b2c'), raw('3 min 2 s'), raw('bob')],
      ],
    },
    {
      type: 'card',
      title: mrkdwn('*web* is locked'),
      subtitle: mrkdwn('by alice'),
      body: mrkdwn('incident 42'),
      actions: [{ type: 'button', action_id: 'unlock', text: plain('Unlock') }],
    },
    { type: 'image', image_url: pixel, alt_text: 'a banner', title: plain('An image') },
    {
      type: 'context',
      elements: [{ type: 'image', image_url: pixel, alt_text: 'mark' }, mrkdwn('by <@U0MALLORY>')],
    },
  ],
}

/** A form with every kind of input. */
export const form = {
  type: 'modal',
  callback_id: 'deploy',
  title: plain('Deploy'),
  submit: plain('Show the plan'),
  close: plain('Not now'),
  blocks: [
    {
      type: 'alert',
      level: 'warning',
      text: mrkdwn('*web* is deployed by bob just now; this one will queue.'),
    },
    {
      type: 'input',
      block_id: 'service',
      label: plain('Service'),
      element: {
        type: 'static_select',
        action_id: 'value',
        initial_option: option('web', 'web'),
        options: [option('web', 'web'), option('shop', 'shop')],
      },
    },
    {
      type: 'input',
      block_id: 'team',
      label: plain('Team'),
      element: { type: 'external_select', action_id: 'value', min_query_length: 2 },
    },
    {
      type: 'input',
      block_id: 'version',
      label: plain('Version'),
      hint: plain('As people call it, e.g. v2'),
      element: { type: 'plain_text_input', action_id: 'value', placeholder: plain('v2') },
    },
    {
      type: 'input',
      block_id: 'strategy',
      label: plain('Strategy'),
      element: {
        type: 'radio_buttons',
        action_id: 'value',
        initial_option: option('Refresh', 'refresh', 'Launch before terminate'),
        options: [
          option('Refresh', 'refresh', 'Launch before terminate'),
          option('Surge', 'surge', 'Double, then shrink'),
        ],
      },
    },
    {
      type: 'input',
      block_id: 'options',
      optional: true,
      label: plain('Options'),
      element: {
        type: 'checkboxes',
        action_id: 'value',
        options: [option('Dry run', 'dry'), option('Reboot while baking', 'reboot')],
      },
    },
    {
      type: 'input',
      block_id: 'count',
      optional: true,
      label: plain('Instances'),
      element: { type: 'number_input', action_id: 'value', is_decimal_allowed: false, initial_value: '2' },
    },
    {
      type: 'input',
      block_id: 'when',
      optional: true,
      label: plain('When'),
      element: { type: 'datetimepicker', action_id: 'value', initial_date_time: instant },
    },
    {
      type: 'input',
      block_id: 'time',
      optional: true,
      label: plain('Each day at'),
      element: { type: 'timepicker', action_id: 'value', initial_time: '09:30' },
    },
    {
      type: 'input',
      block_id: 'approver',
      optional: true,
      label: plain('Approver'),
      element: { type: 'users_select', action_id: 'value' },
    },
    {
      type: 'input',
      block_id: 'channel',
      optional: true,
      label: plain('Channel'),
      element: { type: 'conversations_select', action_id: 'value', initial_conversation: 'C0OPS' },
    },
    {
      type: 'input',
      block_id: 'zones',
      optional: true,
      label: plain('Zones'),
      element: {
        type: 'multi_static_select',
        action_id: 'value',
        options: [option('2a', 'a'), option('2c', 'c')],
      },
    },
    {
      type: 'input',
      block_id: 'reason',
      optional: true,
      label: plain('Reason'),
      element: { type: 'plain_text_input', action_id: 'value', multiline: true },
    },
  ],
}

/** The app's Home. */
export const home = {
  id: 'V0HOME',
  type: 'home',
  blocks: [
    { type: 'header', text: plain('Your fleets') },
    { type: 'section', text: mrkdwn('*web* serves v1 on 2 instances, nothing is under way.') },
    {
      type: 'actions',
      block_id: 'home',
      elements: [{ type: 'button', action_id: 'open_form', text: plain('Deploy…'), style: 'primary' }],
    },
  ],
}
