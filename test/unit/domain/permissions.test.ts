import { readCatalogue } from '../../../src/config/catalogue'
import { allowed, approvalFor, groupsAsked, groupsAskedOf } from '../../../src/domain/access/permissions'
import type { Action } from '../../../src/domain/access/action'

const text = `
defaults: { region: ap-northeast-2, channel: ops }
services:
  web: { group: Web-ASG }
  shop: { colors: { blue: shop-blue, green: shop-green } }
people:
  operators: { users: [U0ALICE], groups: [S0OPS] }
  approvers: { users: [U0BOB] }
  leads: { users: [U0LEAD] }
rules:
  - { service: "*", action: [status, history], allow: everyone }
  - { service: web, action: [deploy, rollback], allow: operators }
  - { service: shop, action: deploy, allow: [operators, leads], approval: { by: approvers, expires: 2h } }
  - { service: "*", action: "*", allow: leads }
  - { service: shop, action: [swap, deploy], allow: operators, approval: { by: approvers, expires: 30m } }
`
const read = readCatalogue(text, 'rules')
if (!read.ok) throw new Error(JSON.stringify(read.mistakes))
const catalogue = read.value

/** user, the Slack user groups they are in, action, service, and whether the rules allow it. */
const table: readonly [string, readonly string[], Action, string, boolean][] = [
  ['U0ALICE', [], 'deploy', 'web', true],
  ['U0ALICE', [], 'rollback', 'web', true],
  ['U0ALICE', [], 'deploy', 'shop', true],
  ['U0ALICE', [], 'rollback', 'shop', false],
  ['U0ALICE', [], 'lock', 'web', false],
  ['U0ALICE', [], 'deploy', 'payments', false],
  ['U0ALICE', [], 'deploy', '*', false],
  ['U0BOB', [], 'deploy', 'web', false],
  ['U0BOB', [], 'approve', 'shop', true],
  ['U0BOB', [], 'approve', 'web', false],
  ['U0ALICE', [], 'approve', 'shop', false],
  ['U0MALLORY', [], 'deploy', 'web', false],
  ['U0MALLORY', ['everyone'], 'status', 'web', true],
  ['U0MALLORY', ['everyone'], 'show', 'web', true],
  ['U0GUEST', [], 'status', 'web', false],
  ['everyone', [], 'status', 'web', false],
  ['U0MALLORY', [], 'help', 'web', false],
  ['U0MALLORY', ['S0OTHER'], 'deploy', 'web', false],
  ['U0CAROL', ['S0OPS'], 'deploy', 'web', true],
  ['U0LEAD', [], 'teardown', 'web', true],
  ['U0LEAD', [], 'lock', '*', true],
  ['operators', ['operators'], 'deploy', 'web', false],
  ['', [], 'deploy', 'web', false],
  ['', [''], 'deploy', 'web', false],
]

describe('a permission', () => {
  test.each(table)('%s in %j to %s %s: %s', (user, memberships, action, service, ok) => {
    expect(allowed(catalogue, action, service, user, memberships).ok).toBe(ok)
  })

  test('that is refused says who has it', () => {
    expect(allowed(catalogue, 'deploy', 'web', 'U0MALLORY', [])).toEqual({
      ok: false,
      who: {
        everyone: false,
        names: ['operators', 'leads'],
        users: ['U0ALICE', 'U0LEAD'],
        groups: ['S0OPS'],
      },
    })
  })

  test('that no rule speaks of is nobody’s', () => {
    const rules = { ...catalogue, rules: [] }
    expect(allowed(rules, 'status', 'web', 'U0ALICE', ['S0OPS'])).toEqual({
      ok: false,
      who: { everyone: false, names: [], users: [], groups: [] },
    })
  })

  test('needs to know the Slack user groups of the catalogue, and who is a member where everyone may, and no others', () => {
    expect(groupsAsked(catalogue)).toEqual(['S0OPS', 'everyone'])
    expect(groupsAsked({ ...catalogue, rules: [] })).toEqual(['S0OPS'])
  })

  test('is everyone’s but not an outsider’s: what only everyone may is not asked for one', () => {
    expect(groupsAskedOf(catalogue, { user: 'U0ALICE', external: true })).toEqual(['S0OPS'])
    expect(groupsAskedOf(catalogue, { user: 'U0ALICE' })).toEqual(['S0OPS', 'everyone'])
  })
})

describe('an approval', () => {
  test('is the strictest of the rules that speak of the action', () => {
    expect(approvalFor(catalogue, 'deploy', 'shop')).toEqual({
      by: 'approvers',
      count: 1,
      expires: 1_800_000,
    })
    expect(approvalFor(catalogue, 'deploy', 'web')).toBeUndefined()
    expect(approvalFor(catalogue, 'rollback', 'shop')).toBeUndefined()
  })

  test('wants more approvers before less time', () => {
    const two = { by: 'approvers', count: 2, expires: 7_200_000 }
    const rules = [
      ...catalogue.rules,
      { service: '*', actions: ['deploy' as const], allow: [], approval: two },
    ]
    expect(approvalFor({ ...catalogue, rules }, 'deploy', 'shop')).toEqual(two)
  })
})
