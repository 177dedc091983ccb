import { buttons } from '../support/acceptance/buttons'
import type { Person } from '../support/acceptance/person'
import { shapeOf, watchFleet } from '../support/acceptance/fleet'
import { type Sandbox, startSandbox } from '../support/acceptance/sandbox'

let sandbox: Sandbox
let alice: Person

beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_SPEED: '150' })
  alice = sandbox.person('alice')
}, 120_000)
afterEach(() => sandbox.heal())
afterAll(() => sandbox.stop())

it('a deploy whose new instances never get healthy puts the fleet back, and tells whom it concerns', async () => {
  const before = shapeOf(await sandbox.fleet())
  await sandbox.fault({ kind: 'never-healthy', image: 'Web Server v2' })
  const watch = watchFleet(sandbox)

  const operation = await alice.starts('/asg deploy web v2')
  const { text, blocks } = await alice.reads(operation, /^↩️.*\n.*It failed, and the fleet was put back/)

  expect((await watch.stop()).fewest).toBeGreaterThanOrEqual(2)
  expect(text).toContain(
    '<@U0ALICE> *It failed, and the fleet was put back.* `web` is as it was before, on `v1`',
  )
  // Before the gate's 20 minutes are over: its instances had been healthy in less than a minute before.
  const [, waited = '20'] =
    /did not become healthy within (\d+) min[^:]*: 0 of 2 healthy \(`Target.FailedHealthChecks`\)/.exec(
      text,
    ) ?? []
  expect(Number(waited)).toBeLessThan(20)
  expect(text).toContain('deploy a fixed version')
  expect(text).toMatch(/Left as it is.*\n.*image `Web Server v2`.*stays/)
  expect(buttons(blocks)).toEqual(['Details'])
  await alice.readsThread(operation, /<@U0ALICE> \*It failed/)
  expect(shapeOf(await sandbox.fleet())).toEqual(before)
}, 90_000)

describe('a deploy that is cancelled in the middle', () => {
  /** Deploys, cancels when the first new instances are there, and waits until it is on hold. */
  const cancelled = async (version: string) => {
    const since = await sandbox.lastCall()
    const operation = await alice.starts(`/asg deploy web ${version}`)
    await sandbox.hears('StartInstanceRefresh', since)
    const { ts, blocks } = await alice.reads(operation, /./)
    expect(buttons(blocks)).toEqual(['Cancel'])
    const unsure = await alice.clicks(ts, 'Cancel', { confirm: false })
    expect(unsure).toMatchObject({ error: 'confirm_required', details: { confirm: expect.anything() } })
    expect((await alice.clicks(ts, 'Cancel')).text).toContain('stops at the next safe point')
    const held = await alice.reads(operation, /^⏸️/)
    expect(held.text).toContain('Go back to the state before, or go on?')
    expect(buttons(held.blocks)).toEqual(['Go back', 'Go on'])
    return { operation, ts }
  }

  it('goes back when that is clicked', async () => {
    const before = shapeOf(await sandbox.fleet())
    const { operation, ts } = await cancelled('v3')
    await alice.clicks(ts, 'Go back')
    const { text } = await alice.reads(operation, /^⏹️/)
    expect(text).toContain('*Cancelled.* The fleet is as it was before.')
    expect(text).toContain('<@U0ALICE> chose to go back')
    expect(shapeOf(await sandbox.fleet())).toEqual(before)
  }, 90_000)

  it('goes on when that is clicked', async () => {
    const { operation, ts } = await cancelled('v3')
    await alice.clicks(ts, 'Go on')
    const { text } = await alice.reads(operation, /^✅/)
    expect(text).toContain('`web` serves `v3`')
    expect(text).toContain('<@U0ALICE> chose to go on')
  }, 90_000)
})

describe('a finished deploy', () => {
  it('is rolled back once however often its button is clicked, and the next one waits for a word', async () => {
    const before = shapeOf(await sandbox.fleet())
    const operation = await alice.starts('/asg deploy web v4')
    const { ts, blocks } = await alice.reads(operation, /^✅/)
    expect(buttons(blocks)).toEqual(['Roll back to v3', 'Details'])

    const clicks = await Promise.all([1, 2].map(() => alice.clicks(ts, 'Roll back to v3')))
    const [rollback = '', other] = clicks.map((click) => click.operation)
    expect(other).toBe(rollback)
    expect(clicks.map(({ text }) => text).sort()).toEqual([
      expect.stringContaining('accepted as'),
      expect.stringContaining('already accepted as'),
    ])
    const back = await alice.reads(rollback, /^✅/)
    expect(back.text).toContain('`web` is back on `v3`')
    expect(shapeOf(await sandbox.fleet())).toEqual(before)
    const record = await alice.reads(operation, /asked to roll this back/)
    expect(buttons(record.blocks)).toEqual(['Details'])

    const refused = await alice.types('/asg deploy web v4')
    expect(refused.operation).toBeUndefined()
    expect(refused.text).toContain(`was rolled back by \`${rollback}\``)
    expect(refused.text).toContain('run `/asg unlock web`')
    expect((await alice.types('/asg unlock web')).text).toContain('allowed new deploys of `web` again')
    const again = await alice.starts('/asg deploy web v4')
    await alice.reads(again, /^✅/)
  }, 120_000)
})
