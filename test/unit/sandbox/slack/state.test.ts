import { chosen, initialState } from '../../../../src/sandbox/slack/workspace/state'

const plain = (text: string) => ({ type: 'plain_text', text })
const web = { text: plain('Web'), value: 'web' }
const shop = { text: plain('Shop'), value: 'shop' }
const menu = { type: 'static_select', action_id: 'service', options: [web, shop] }

it('holds what elements begin with, as view.state.values has it', () => {
  const block = (block_id: string, element: object) => ({
    type: 'input',
    block_id,
    label: plain('L'),
    element,
  })
  expect(
    initialState([
      block('a', { ...menu, initial_option: shop }),
      block('b', { type: 'checkboxes', action_id: 'c', options: [web] }),
      block('d', { type: 'datetimepicker', action_id: 'e', initial_date_time: 1_700_000_000 }),
      block('f', { type: 'timepicker', action_id: 'g', initial_time: '20:00', timezone: 'Asia/Seoul' }),
    ]),
  ).toEqual({
    a: { service: { type: 'static_select', selected_option: shop } },
    b: { c: { type: 'checkboxes', selected_options: [] } },
    d: { e: { type: 'datetimepicker', selected_date_time: 1_700_000_000 } },
    f: { g: { type: 'timepicker', selected_time: '20:00', timezone: 'Asia/Seoul' } },
  })
})

it.each([
  ['an option by value', menu, 'web', { type: 'static_select', selected_option: web }],
  ['an option by its label', menu, 'Shop', { type: 'static_select', selected_option: shop }],
  ['no option', menu, null, { type: 'static_select', selected_option: null }],
  [
    'several',
    { type: 'multi_static_select', options: [web, shop] },
    ['web', 'shop'],
    { type: 'multi_static_select', selected_options: [web, shop] },
  ],
  ['a number as text', { type: 'number_input' }, 4, { type: 'number_input', value: '4' }],
  [
    'unix seconds',
    { type: 'datetimepicker' },
    '1700000000',
    { type: 'datetimepicker', selected_date_time: 1_700_000_000 },
  ],
  ['a user', { type: 'users_select' }, 'U0BOB', { type: 'users_select', selected_user: 'U0BOB' }],
])('takes %s', (_name, element, input, state) => {
  expect(chosen(element, input)).toEqual(state)
})

it.each([
  ['an option that is not there', menu, 'nope'],
  ['a date in words', { type: 'datepicker' }, 'tomorrow'],
  ['a time in words', { type: 'timepicker' }, '8pm'],
  ['a value for a button', { type: 'button' }, 'x'],
])('refuses %s', (_name, element, input) => {
  expect(typeof chosen(element, input)).toBe('string')
})
