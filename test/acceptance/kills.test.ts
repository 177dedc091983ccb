import type { Person } from '../support/acceptance/person'
import { shapeOf, watchFleet } from '../support/acceptance/fleet'
import { type Sandbox, startSandbox } from '../support/acceptance/sandbox'
import { eventually, startRedis, type TestRedis } from '../support/redis'

/** Real seconds within which an operation has to go on after whatever was killed. */
const patience = 20_000

let redis: TestRedis
let sandbox: Sandbox
let alice: Person

beforeAll(async () => {
  redis = await startRedis()
  // A deploy takes half a minute at this pace: there is time to kill something in its middle.
  sandbox = await startSandbox({ SANDBOX_SPEED: '60', REDIS_URL: redis.url })
  alice = sandbox.person('alice')
}, 120_000)
afterAll(async () => {
  await Promise.all([sandbox?.stop(), redis?.stop()])
})

it.each([
  ['the worker', 'v2', () => sandbox.kill('worker')],
  [
    'Redis',
    'v3',
    async () => {
      await redis.kill()
      await redis.restart()
    },
  ],
])(
  'kill -9 of %s in the middle of a deploy: it goes on soon, and makes everything once',
  async (_, version, kill) => {
    const since = await sandbox.lastCall()
    const watch = watchFleet(sandbox)
    const operation = await alice.starts(`/asg deploy web ${version}`)
    await sandbox.hears('StartInstanceRefresh', since)

    const killed = performance.now()
    await kill()
    const last = await sandbox.lastCall()
    await sandbox.hears(undefined, last)
    const wentOn = performance.now() - killed
    expect(wentOn).toBeLessThan(patience)

    const done = await alice.reads(operation, /^✅/)
    expect(done.text).toContain(`\`web\` serves \`${version}\``)
    expect((await watch.stop()).fewest).toBeGreaterThanOrEqual(2)
    expect(await once(since)).toEqual(['CreateImage', 'CreateLaunchTemplateVersion', 'StartInstanceRefresh'])
    expect(shapeOf(await sandbox.fleet()).instances).toEqual(Array(2).fill(expect.stringContaining(version)))
  },
  120_000,
)

it('kill -9 of the gateway: the operation goes on, and its message catches up', async () => {
  const since = await sandbox.lastCall()
  const operation = await alice.starts('/asg deploy web v4')
  await sandbox.hears('StartInstanceRefresh', since)
  const before = (await alice.reads(operation, /./)).text

  const killed = performance.now()
  await sandbox.kill('gateway')
  const nobody = await alice.types('/asg status')
  expect(nobody.ok).toBe(false)
  await eventually(
    async () => ((await alice.message(operation))?.text !== before ? true : undefined),
    patience,
  )
  const wentOn = performance.now() - killed
  expect(wentOn).toBeLessThan(patience)
  const done = await alice.reads(operation, /^✅/)
  expect(done.text).toContain('`web` serves `v4`')
  expect((await alice.sees()).filter(({ text }) => text.startsWith('✅ Deploy web v4 '))).toHaveLength(1)
  expect(await once(since)).toEqual(['CreateImage', 'CreateLaunchTemplateVersion', 'StartInstanceRefresh'])
}, 120_000)

it('kill -9 of the gateway while a pipeline asks: asked again under its key it is one operation, and waits to its ending', async () => {
  const since = await sandbox.lastCall()
  const asking = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${sandbox.token}`,
      'content-type': 'application/json',
      'idempotency-key': 'run-123',
    },
    body: JSON.stringify({ action: 'scale', service: 'web', desired: 3, reason: 'run 123' }),
  }
  const ask = () => fetch(`${sandbox.doorUrl}/v1/operations`, asking).catch(() => undefined)
  // Whether it was recorded before the gateway died, nobody knows.
  const [first] = await Promise.all([ask(), sandbox.kill('gateway')])
  const answer = await eventually(
    async () => {
      const response = await ask()
      return response?.status === 202 ? ((await response.json()) as Asked) : undefined
      // No faster than a machine may ask.
    },
    patience,
    500,
  )
  if (first?.status === 202) expect(((await first.json()) as Asked).id).toBe(answer.id)

  let tag = ''
  const ended = await eventually(async () => {
    const response = await fetch(`${sandbox.doorUrl}/v1/operations/${answer.id}?wait=25`, {
      headers: { authorization: `Bearer ${answer.readToken}`, ...(tag && { 'if-none-match': tag }) },
    })
    tag = response.headers.get('etag') ?? ''
    const told = response.status === 200 ? ((await response.json()) as Asked) : undefined
    return told?.state === 'ended' ? told : undefined
  }, 60_000)
  expect(ended).toMatchObject({
    ending: 'succeeded',
    requestedBy: { kind: 'machine', id: 'machines.ci' },
  })
  const changes = (await sandbox.calls(since)).filter(({ action }) => action === 'UpdateAutoScalingGroup')
  expect(changes.map(({ error }) => error)).toEqual([undefined])
  const { text } = await alice.reads(answer.id, /^✅/)
  expect(text).toContain('Requested by machines.ci')
  const { url } = await fetch(`${sandbox.doorUrl}/v1/operations/${answer.id}`, {
    headers: { authorization: `Bearer ${answer.readToken}` },
  }).then(async (response) => (await response.json()) as { readonly url?: string })
  expect(url).toMatch(/^https:\/\/\S+\/archives\/C0OPS\/p\d+$/)
  expect((await alice.sees()).filter((message) => message.text.includes('run 123'))).toHaveLength(1)
}, 120_000)

interface Asked {
  readonly id: string
  readonly readToken: string
  readonly state: string
}

/** What was made since a call, in order. */
const once = async (since: number): Promise<readonly string[]> =>
  (await sandbox.calls(since))
    .filter(({ action, error }) => /^(Create|Start)/.test(action) && error === undefined)
    .map(({ action }) => action)
