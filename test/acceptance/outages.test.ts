import { buttons } from '../support/acceptance/buttons'
import type { Person } from '../support/acceptance/person'
import { type Sandbox, startSandbox } from '../support/acceptance/sandbox'
import { eventually, startRedis, type TestRedis } from '../support/redis'

let redis: TestRedis
let sandbox: Sandbox
let alice: Person

beforeAll(async () => {
  redis = await startRedis()
  sandbox = await startSandbox({ SANDBOX_SPEED: '120', REDIS_URL: redis.url })
  alice = sandbox.person('alice')
}, 120_000)
afterEach(() => sandbox.heal())
afterAll(async () => {
  await Promise.all([sandbox?.stop(), redis?.stop()])
})

/** Until a command is answered again: sockets that an outage cut are not back at once. */
const isHeard = () =>
  eventually(async () => {
    const { ok, text } = await alice.types('/asg history web')
    return ok && text.startsWith('History') ? true : undefined
  }, 20_000)

describe('Redis', () => {
  it.each([
    ['frozen', async () => redis.freeze(), async () => redis.thaw()],
    ['down', () => redis.kill(), () => redis.restart()],
  ])(
    '%s while a command is typed: it is refused honestly, at once, and the next one works',
    async (_, breaks, mends) => {
      const since = await sandbox.lastCall()
      await breaks()
      try {
        const refused = await alice.types('/asg deploy web v2')
        expect(refused.text).toContain(
          'Redis cannot be reached, so nothing was started and nothing was changed.',
        )
        expect(refused.operation).toBeUndefined()
        expect(refused.ms).toBeLessThan(2_000)
      } finally {
        await mends()
      }
      await isHeard()
      expect((await sandbox.calls(since)).filter(({ mutating }) => mutating)).toEqual([])
      expect((await alice.sees()).filter(({ text }) => text.includes('Deploy web v2 ('))).toEqual([])
    },
    60_000,
  )
})

describe('Slack', () => {
  it('away in the middle of a deploy: the deploy goes on, and its message catches up', async () => {
    const since = await sandbox.lastCall()
    const operation = await alice.starts('/asg deploy web v2')
    await sandbox.hears('CreateImage', since)
    const { ts } = await alice.reads(operation, /./)
    await sandbox.fault({ kind: 'slack-down' })
    await sandbox.hears('ModifyLaunchTemplate', since)
    const during = (await alice.message(operation))?.text
    expect(during).not.toMatch(/^✅/)
    await sandbox.heal()
    const done = await alice.reads(operation, /^✅/)
    expect(done.ts).toBe(ts)
    await alice.readsThread(operation, /Instance refresh started[^]*Group handed back/)
    expect(buttons(done.blocks)).toEqual(['Roll back to v1', 'Details'])
  }, 90_000)

  it('that asks for patience is given it, and loses no message', async () => {
    await isHeard()
    await sandbox.fault({ kind: 'slack-ratelimit', seconds: 2, times: 5 })
    const deploy = await alice.starts('/asg deploy web v3')
    const done = await alice.reads(deploy, /^✅/)
    expect(done.text).toContain('`web` serves `v3`')
    await alice.readsThread(deploy, /Launch template version `3` made[^]*Group handed back/)
  }, 90_000)
})
