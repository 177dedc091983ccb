import { readCatalogue } from '../../../src/config/catalogue'
import { writeMistakes } from '../../../src/config/mistake'

const rulesRead = (rule: string) => {
  const read = readCatalogue(
    `
defaults: { region: ap-northeast-2, channel: ops }
services: { web: { group: Web-ASG } }
people:
  operators: { users: [U0ALICE] }
  approvers: { users: [U0BOB] }
  owners: { users: [U0CAROL] }
rules:
  - { service: web, action: deploy, allow: operators, ${rule} }
`,
    'rollcall.yaml',
  )
  return read.ok ? read.value.rules[0] : writeMistakes(read.mistakes)
}

test('a rule may want a reason, a ticket, and a second group', () => {
  expect(
    rulesRead('reason: required, ticket: "^[A-Z]+-\\\\d+$", approval: { by: approvers, second: owners }'),
  ).toEqual({
    service: 'web',
    actions: ['deploy'],
    allow: ['operators'],
    reason: 'required',
    ticket: '^[A-Z]+-\\d+$',
    approval: { by: 'approvers', count: 1, second: 'owners', expires: 3_600_000 },
  })
})

test('mistakes in them are named', () => {
  expect(rulesRead('reason: please')).toContain('rules[0].reason: "please" will not do. Allowed: required')
  expect(rulesRead('ticket: "["')).toContain(
    'rules[0].ticket: "[" will not do. Allowed: a regular expression',
  )
  expect(rulesRead('approval: { by: approvers, second: owner }')).toContain(
    'rules[0].approval.second: there is no group of people "owner" (did you mean "owners"?)',
  )
  expect(rulesRead('approval: { by: approvers, second: approvers }')).toContain('is the first group already')
})
