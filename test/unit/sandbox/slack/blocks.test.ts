import { messageFaults, viewFaults } from '../../../../src/sandbox/slack/blocks/validate'

const plain = (text: string) => ({ type: 'plain_text', text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) })
const button = (fields: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...fields })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const input = (element: object) => ({ type: 'input', label: plain('Label'), element })
const option = (value: string) => ({ text: plain(value || 'x'), value })
const rich = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
})
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index))
const task = (task_id: string, fields: object = {}) => ({
  task_id,
  title: 'Task',
  status: 'pending',
  ...fields,
})

describe('blocks of a message that Slack takes', () => {
  it.each([
    ['a section with fields alone', { type: 'section', fields: [mrkdwn('a'), plain('b')] }],
    ['a section with a button beside it', { ...section('a'), accessory: button() }],
    ['a header', { type: 'header', text: plain('x'.repeat(150)) }],
    ['25 elements in actions', actions(...times(25, (index) => button({ action_id: `a${index}` })))],
    ['a plan of 50 tasks', { type: 'plan', title: 'Plan', tasks: times(50, (index) => task(`t${index}`)) }],
    [
      'a task card with rich text',
      { type: 'task_card', ...task('t'), details: rich({ type: 'text', text: 'x', style: { bold: true } }) },
    ],
    [
      'a table',
      { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }, rich({ type: 'text', text: 'b' })]] },
    ],
    ['a card with an action', { type: 'card', title: mrkdwn('t'), actions: [button()] }],
    ['a date in rich text', rich({ type: 'date', timestamp: 1_700_000_000, format: '{date_short}' })],
    ['a context of an image and text', { type: 'context', elements: [mrkdwn('a'), image()] }],
    ['an input', input({ type: 'plain_text_input', action_id: 'a' })],
    ['a container', { type: 'container', title: plain('t'), child_blocks: [section('a')] }],
  ])('%s', (_name, block) => {
    expect(messageFaults([block])).toEqual([])
  })
})

describe('blocks of a message that Slack refuses', () => {
  it.each([
    [
      '51 blocks',
      times(51, () => ({ type: 'divider' })),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    ['no type', [{}], 'missing required field: type [json-pointer:/blocks/0]'],
    [
      'a section without text',
      [{ type: 'section' }],
      'missing required field: text [json-pointer:/blocks/0]',
    ],
    [
      'a section too long',
      [section('x'.repeat(3001))],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'mrkdwn in a header',
      [{ type: 'header', text: mrkdwn('a') }],
      'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
    ],
    [
      'emoji in mrkdwn',
      [{ type: 'section', text: { ...mrkdwn('a'), emoji: true } }],
      'invalid additional property: emoji [json-pointer:/blocks/0/text]',
    ],
    [
      'a field that is not known',
      [{ ...section('a'), colour: 'red' }],
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    [
      '11 fields',
      [{ type: 'section', fields: times(11, () => mrkdwn('a')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      'an alert, which is for modals',
      [{ type: 'alert', text: mrkdwn('a') }],
      'unsupported type: alert [json-pointer:/blocks/0/type]',
    ],
    [
      'a text input among actions',
      [actions({ type: 'plain_text_input', action_id: 'a' })],
      'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      'a button beside context',
      [{ type: 'context', elements: [button()] }],
      'unsupported type: button [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      'a long label',
      [actions(button({ text: plain('x'.repeat(76)) }))],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'a long value',
      [actions(button({ value: 'x'.repeat(2001) }))],
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      'an unknown style',
      [actions(button({ style: 'red' }))],
      'must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      'a long confirm text',
      [actions(button({ confirm: { text: plain('x'.repeat(301)) } }))],
      'must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]',
    ],
    [
      '101 options',
      [actions({ type: 'static_select', options: times(101, (index) => option(`${index}`)) })],
      'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      '6 entries in an overflow',
      [actions({ type: 'overflow', options: times(6, (index) => option(`${index}`)) })],
      'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'a select without options',
      [actions({ type: 'static_select' })],
      'must provide exactly one of: options, option_groups [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a block_id twice',
      [
        { ...section('a'), block_id: 'b' },
        { type: 'divider', block_id: 'b' },
      ],
      '`block_id` "b" already exists [json-pointer:/blocks]',
    ],
    [
      'an action_id twice in one block',
      [{ ...actions(button(), button()), block_id: 'b' }],
      'action_id `go` already exists for block_id `b` [json-pointer:/blocks]',
    ],
    [
      '51 tasks',
      [{ type: 'plan', title: 'p', tasks: times(51, (index) => task(`${index}`)) }],
      'no more than 50 items allowed [json-pointer:/blocks/0/tasks]',
    ],
    [
      'a task_id twice',
      [{ type: 'plan', title: 'p', tasks: [task('a'), task('a')] }],
      'task_id must be unique [json-pointer:/blocks/0/tasks/1/task_id]',
    ],
    [
      'an unknown status',
      [{ type: 'plan', title: 'p', tasks: [task('a', { status: 'done' })] }],
      'must be one of: pending, in_progress, complete, error [json-pointer:/blocks/0/tasks/0/status]',
    ],
    [
      '101 rows',
      [{ type: 'table', rows: times(101, () => [{ type: 'raw_text', text: 'a' }]) }],
      'no more than 100 items allowed [json-pointer:/blocks/0/rows]',
    ],
    [
      '21 columns',
      [{ type: 'table', rows: [times(21, () => ({ type: 'raw_text', text: 'a' }))] }],
      'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
    ],
    [
      'an image of nowhere',
      [{ type: 'image', alt_text: 'a' }],
      'must provide exactly one of: image_url, slack_file [json-pointer:/blocks/0]',
    ],
  ])('%s', (_name, blocks, fault) => {
    expect(messageFaults(blocks)).toEqual([fault])
  })
})

describe('views', () => {
  const modal = (fields: object = {}) => ({ type: 'modal', title: plain('T'), blocks: [], ...fields })

  it.each([
    [
      'a long title',
      modal({ title: plain('x'.repeat(25)) }),
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    ['no title', { type: 'modal', blocks: [] }, 'missing required field: title [json-pointer:/view]'],
    [
      'much metadata',
      modal({ private_metadata: 'x'.repeat(3001) }),
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    [
      '101 blocks',
      modal({ blocks: times(101, () => ({ type: 'divider' })) }),
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ],
    [
      'a plan in a modal',
      modal({ blocks: [{ type: 'plan', title: 'p' }] }),
      'unsupported type: plan [json-pointer:/view/blocks/0/type]',
    ],
    [
      'two that take the focus',
      modal({
        submit: plain('S'),
        blocks: times(2, () => input({ type: 'plain_text_input', focus_on_load: true })),
      }),
      'only one element can have `focus_on_load` set to true [json-pointer:/view/blocks]',
    ],
  ])('refuses a modal with %s', (_name, view, fault) => {
    expect(viewFaults(view, 'modal')).toEqual([fault])
  })

  it('takes an alert in a modal, and a table in a Home', () => {
    expect(
      viewFaults(modal({ blocks: [{ type: 'alert', text: mrkdwn('a'), level: 'warning' }] }), 'modal'),
    ).toEqual([])
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }
    expect(viewFaults({ type: 'home', blocks: [table] }, 'home')).toEqual([])
  })

  it('takes no modal for a Home', () => {
    expect(viewFaults(modal(), 'home')).toEqual(['unsupported type: modal [json-pointer:/view/type]'])
  })
})

function image() {
  return { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' }
}
