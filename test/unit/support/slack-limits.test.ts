import { sentFaults, viewFaults } from '../../support/slack-limits/payloads'

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) })
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const many = <T>(count: number, one: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => one(index))
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) })
const button = (more: object = {}) => ({ type: 'button', action_id: 'go', text: plain(5), ...more })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const option = (value: string, text = 5) => ({ text: plain(text), value })
const select = (more: object) => ({ type: 'static_select', action_id: 'one', ...more })
const input = (element: object, more: object = {}) => ({
  type: 'input',
  block_id: 'field',
  label: plain(5),
  element,
  ...more,
})
const confirm = (more: object = {}) => ({
  confirm: { title: plain(100), text: plain(300), confirm: plain(30), deny: plain(30), ...more },
})
const modal = (more: object = {}) => ({
  type: 'modal',
  title: plain(24),
  submit: plain(24),
  close: plain(24),
  private_metadata: 'x'.repeat(3_000),
  callback_id: 'x'.repeat(255),
  blocks: [section('x')],
  ...more,
})
const task = (more: object = {}) => ({ task_id: 'one', title: 'x', status: 'pending', ...more })
const cells = (rows: number, columns: number, text = 'x') => ({
  type: 'table',
  rows: many(rows, () => many(columns, () => ({ type: 'raw_text', text }))),
})

const post = (...blocks: object[]) =>
  sentFaults({ way: 'chat.postMessage', body: { channel: 'ops', text: 'x', blocks } })
const posted = (text: string) => post(section(text))

describe('the reader of what Slack documents', () => {
  it.each<[string, readonly object[]]>([
    ['50 blocks', many(50, () => section('x'))],
    ['a section of 3,000 characters', [section('x'.repeat(3_000))]],
    ['a header of 150', [{ type: 'header', text: plain(150) }]],
    ['25 buttons in a row', [actions(...many(25, (n) => button({ action_id: `a${n}` })))]],
    ['10 elements of a context', [{ type: 'context', elements: many(10, () => mrkdwn('x')) }]],
    [
      'a button at its limits',
      [actions(button({ text: plain(75), value: 'x'.repeat(2_000), ...confirm() }))],
    ],
    ['100 options', [actions(select({ options: many(100, (n) => option(`${n}`, 75)) }))]],
    ['a table of 100 rows and 20 columns', [cells(100, 20)]],
    ['50 tasks', [{ type: 'plan', title: 'x', tasks: many(50, (n) => task({ task_id: `t${n}` })) }]],
    ['an input in a message', [input({ type: 'plain_text_input', action_id: 'a', max_length: 3_000 })]],
  ])('takes %s', (_, blocks) => {
    expect(post(...blocks)).toEqual([])
  })

  it.each<[string, string, readonly object[]]>([
    ['51 blocks', 'holds 51', many(51, () => section('x'))],
    ['a section of 3,001 characters', 'has 3001 characters', [section('x'.repeat(3_001))]],
    ['a section without text', 'has 0 characters', [section('')]],
    ['a header of 151', 'has 151 characters', [{ type: 'header', text: plain(151) }]],
    ['a header in mrkdwn', 'may not be of type "mrkdwn"', [{ type: 'header', text: mrkdwn('x') }]],
    ['26 buttons', 'holds 26', [actions(...many(26, (n) => button({ action_id: `a${n}` })))]],
    ['no button at all', 'holds 0', [actions()]],
    ['11 elements of a context', 'holds 11', [{ type: 'context', elements: many(11, () => mrkdwn('x')) }]],
    ['a label of 76', 'has 76 characters', [actions(button({ text: plain(76) }))]],
    ['a value of 2,001', 'has 2001 characters', [actions(button({ value: 'x'.repeat(2_001) }))]],
    ['an action_id of 256', 'has 256 characters', [actions(button({ action_id: 'x'.repeat(256) }))]],
    ['an action_id twice in a block', '"go" comes twice', [actions(button(), button())]],
    ['a block_id twice', '"b" comes twice', many(2, () => ({ ...section('x'), block_id: 'b' }))],
    ['a block_id of 256', 'has 256 characters', [{ ...section('x'), block_id: 'x'.repeat(256) }]],
    [
      'two primary buttons',
      'two primary',
      [actions(...['a', 'b'].map((id) => button({ action_id: id, style: 'primary' })))],
    ],
    ['an unknown style', '"default"', [actions(button({ style: 'default' }))]],
    ['a field that no page knows', 'no documented field', [actions(button({ colour: 'red' }))]],
    ['an unknown block', 'may not be of type "chart"', [{ type: 'chart' }]],
    ['a block of modals', 'may not be of type "alert"', [{ type: 'alert', text: plain(5) }]],
    [
      'emoji in mrkdwn',
      'emoji is no documented field',
      [{ type: 'section', text: { ...mrkdwn('x'), emoji: true } }],
    ],
    [
      'a confirm dialog in mrkdwn',
      'may not be of type "mrkdwn"',
      [actions(button(confirm({ text: mrkdwn('sure?') })))],
    ],
    ['a confirm dialog of 301', 'has 301 characters', [actions(button(confirm({ text: plain(301) })))]],
    ['a confirm button of 31', 'has 31 characters', [actions(button(confirm({ deny: plain(31) })))]],
    ['101 options', 'holds 101', [actions(select({ options: many(101, (n) => option(`${n}`)) }))]],
    ['an option of 76', 'has 76 characters', [actions(select({ options: [option('a', 76)] }))]],
    [
      'an option’s value of 151',
      'has 151 characters',
      [actions(select({ options: [option('x'.repeat(151))] }))],
    ],
    ['a value twice', '"a" comes twice', [actions(select({ options: [option('a'), option('a')] }))]],
    [
      'a first choice that is not offered',
      'does not offer',
      [actions(select({ options: [option('a')], initial_option: option('b') }))],
    ],
    ['neither options nor groups', 'wants options or option_groups', [actions(select({}))]],
    ['21 columns', 'holds 21', [cells(1, 21)]],
    ['101 rows', 'holds 101', [cells(101, 1)]],
    ['more than 10,000 characters in a table', 'its cells together', [cells(11, 1, 'x'.repeat(1_000))]],
    ['two tables', 'two tables', [cells(1, 1), cells(1, 1)]],
    ['a task_id twice', '"one" comes twice', [{ type: 'plan', title: 'x', tasks: [task(), task()] }]],
    ['an unknown status', '"done"', [{ type: 'plan', title: 'x', tasks: [task({ status: 'done' })] }]],
    [
      'details of two parts',
      'holds 2',
      [
        {
          type: 'plan',
          title: 'x',
          tasks: [
            task({
              details: {
                type: 'rich_text',
                elements: many(2, () => ({
                  type: 'rich_text_section',
                  elements: [{ type: 'text', text: 'x' }],
                })),
              },
            }),
          ],
        },
      ],
    ],
    [
      'a date in milliseconds',
      'whole number',
      [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [{ type: 'date', timestamp: 1_780_000_000_000, format: '{time}', fallback: 'x' }],
            },
          ],
        },
      ],
    ],
    ['a button as an input', 'may not be of type "button"', [input(button())]],
    [
      'a text that begins longer than it may be',
      'begins with more',
      [input({ type: 'plain_text_input', max_length: 2, initial_value: 'xxx' })],
    ],
    [
      'a number beyond its ends',
      'outside of its ends',
      [input({ type: 'number_input', is_decimal_allowed: false, initial_value: '9', max_value: '4' })],
    ],
    ['a time without a zero', 'HH:mm', [input({ type: 'timepicker', initial_time: '8:00' })]],
    ['a zone that is none', 'no zone', [input({ type: 'timepicker', timezone: 'Mars/Base' })]],
    ['a day that is none', 'YYYY-MM-DD', [input({ type: 'datepicker', initial_date: '24.12.2026' })]],
  ])('finds %s', (_, said, blocks) => {
    expect(post(...blocks)).toEqual([expect.stringContaining(said)])
  })

  it.each([
    'a &lt; b &amp; c &gt; d',
    '<@U0ALICE> <#C0OPS|ops> <!subteam^S0OPS>',
    '<https://a.example/?a=1&amp;b=2|here> <mailto:a@a.example>',
    '<!date^1780000000^{date_short} at {time}|soon>',
    '<!date^1780000000^{ago}^https://a.example/|soon>',
  ])('takes the text %s', (text) => {
    expect(posted(text)).toEqual([])
  })

  it.each([
    ['a < b', 'angle bracket'],
    ['a & b', 'ampersand'],
    ['&nbsp;', 'ampersand'],
    ['<!channel>', 'calls everybody'],
    ['<!here|here>', 'calls everybody'],
    ['<script>', 'no reference'],
    ['<!date^1780000000000^{time}|soon>', 'not in Unix seconds'],
    ['<!date^1780000000^{time}^soon>', 'link is none'],
    ['<!date^1780000000^{time}>', 'no fallback'],
    ['<!date^1780000000^{tiem}|soon>', 'no token'],
    ['<!date^1780000000^{time} {tiem}|soon>', 'does not know'],
  ])('finds what is wrong in the text %s', (text, said) => {
    expect(posted(text)).toEqual([expect.stringContaining(said)])
  })

  it.each<[string, string, object]>([
    ['a title of 25', 'has 25 characters', { title: plain(25) }],
    ['a submit of 25', 'has 25 characters', { submit: plain(25) }],
    ['a close of 25', 'has 25 characters', { close: plain(25) }],
    ['private_metadata of 3,001', 'has 3001 characters', { private_metadata: 'x'.repeat(3_001) }],
    ['a callback_id of 256', 'has 256 characters', { callback_id: 'x'.repeat(256) }],
    ['101 blocks', 'holds 101', { blocks: many(101, () => section('x')) }],
    [
      'an input and no submit',
      'has no submit',
      { submit: undefined, blocks: [input({ type: 'datepicker' })] },
    ],
    ['a table in a modal', 'may not be of type "table"', { blocks: [cells(1, 1)] }],
    [
      'two that want the focus',
      'want the focus',
      {
        blocks: many(2, (n) => input({ type: 'datepicker', focus_on_load: true }, { block_id: `b${n}` })),
      },
    ],
  ])('finds in a form %s', (_, said, more) => {
    expect(viewFaults(modal())).toEqual([])
    expect(viewFaults(modal(more))).toEqual([expect.stringContaining(said)])
  })

  it.each<[string, string, { readonly [name: string]: unknown }]>([
    ['chat.postMessage', 'text has 4001', { channel: 'ops', text: 'x'.repeat(4_001) }],
    ['chat.postMessage', 'text has 0', { channel: 'ops', text: '', blocks: [section('x')] }],
    ['chat.postMessage', 'as_user is no documented', { channel: 'ops', text: 'x', as_user: true }],
    ['chat.postMessage', 'thread_ts is not', { channel: 'ops', text: 'x', thread_ts: '1780000000' }],
    ['chat.update', 'channel is not', { channel: 'ops', ts: '1780000000.000100', text: 'x' }],
    ['chat.postEphemeral', 'user is missing', { channel: 'ops', text: 'x' }],
    ['views.open', 'trigger_id is missing', { view: modal() }],
    ['response_url', 'response_type', { text: 'x', response_type: 'whisper' }],
    ['ack view_submission', 'names no input', { response_action: 'errors', errors: {} }],
    ['ack view_submission', 'response_action close', { response_action: 'close' }],
    ['ack block_suggestion', 'holds 101', { options: many(101, (n) => option(`${n}`)) }],
    ['ack block_actions', 'takes none', { text: 'x' }],
  ])('finds in %s: %s', (way, said, body) => {
    expect(sentFaults({ way, body })).toEqual([expect.stringContaining(said)])
  })
})
