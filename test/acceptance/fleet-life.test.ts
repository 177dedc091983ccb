import type { FleetView } from '../../src/sandbox/protocol'
import { healthyOf } from '../support/acceptance/fleet'
import type { Person } from '../support/acceptance/person'
import { type Sandbox, startSandbox } from '../support/acceptance/sandbox'
import { eventually } from '../support/redis'

let sandbox: Sandbox
let alice: Person

beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_SPEED: '300' })
  alice = sandbox.person('alice')
}, 120_000)
afterAll(() => sandbox?.stop())

/** Names of all that a fleet is built of, whoever's. */
const built = ({ groups, targetGroups, loadBalancers, templates, securityGroups }: FleetView) =>
  [groups, targetGroups, loadBalancers, templates, securityGroups].map((all) =>
    all.map(({ name }) => name).toSorted(),
  )

test('lab is built, and taken down again once its name was typed: nothing of it is left', async () => {
  const before = built(await sandbox.fleet())
  const provision = await alice.starts('/asg provision lab')
  const plan = await alice.reads(provision, /^❓/)
  expect(plan.text).toContain('Lab-ALB')
  await alice.clicks(plan.ts, 'Run')
  const ready = await alice.reads(provision, /^✅/, 90_000)
  expect(ready.text).toContain('*Built.* `lab` serves `v1`')
  expect(healthyOf(await sandbox.fleet(), 'Lab-TG')).toBe(2)

  const since = await sandbox.lastCall()
  const teardown = await alice.starts('/asg teardown lab --reason "the lab is over"')
  const asked = await alice.reads(teardown, /^❓/)
  for (const id of [
    'Lab-ASG',
    'Lab-ALB:80',
    'loadbalancer/app/Lab-ALB/',
    'targetgroup/Lab-TG/',
    'lt-',
    'sg-',
  ])
    expect(asked.text).toContain(id)
  const clicked = await alice.clicks(asked.ts, 'Take down…')
  expect(clicked.ok).toBe(true)
  await eventually(async () =>
    JSON.stringify((await alice.forms()).at(-1)?.view ?? '').includes('typed_name') ? true : undefined,
  )
  expect((await alice.submits({ typed_name: 'web' })).errors).toEqual({
    typed_name: 'That is not its name: type lab, letter for letter.',
  })
  expect((await sandbox.calls(since)).filter(({ mutating }) => mutating)).toEqual([])
  await alice.submits({ typed_name: 'lab' })
  const done = await alice.reads(teardown, /^✅/, 90_000)
  expect(done.text).toContain('*Taken down.* Nothing that was built for `lab` is left in AWS.')
  expect(built(await sandbox.fleet())).toEqual(before)
}, 240_000)
