import { execFile } from 'node:child_process'
import { hookSecret } from '../../src/sandbox/hooks/receiver'
import { type Sandbox, startSandbox } from '../support/acceptance/sandbox'
import { eventually } from '../support/redis'

interface Came {
  readonly id: string
  readonly verified: boolean
  readonly status: number
  readonly body: { readonly type: string; readonly data: Readonly<Record<string, unknown>> }
}

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_SPEED: '200' })
}, 120_000)
afterAll(() => sandbox?.stop())

const came = async () => (await sandbox.control('GET', 'webhooks')).body as readonly Came[]
const taken = async () => (await came()).filter(({ status }) => status === 204)
const until = (found: (all: readonly Came[]) => boolean) =>
  eventually(async () => {
    const all = await came()
    return found(all) ? all : undefined
  }, 60_000)
const answers = (status: number) => sandbox.control('POST', 'webhooks', { status })
const say = (text: string) => sandbox.control('POST', 'command', { user: 'alice', channel: 'ops', text })

/** The built command line. */
const rollcall = (...words: readonly string[]) =>
  new Promise<{ readonly code: number; readonly out: string }>((resolve) => {
    const env = {
      ...process.env,
      LANG: 'C',
      ROLLCALL_URL: sandbox.doorUrl.replace(/\/v1$/, ''),
      ROLLCALL_TOKEN: sandbox.token,
    }
    const child = execFile(process.execPath, ['dist/rollcall.js', ...words], { env }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out: out + err }),
    )
  })

it('a receiver hears of a scale from its beginning to its ending, signed, in order', async () => {
  await say('/asg scale web desired=3')
  const all = await until((events) => events.some(({ body }) => body.type === 'operation.ended'))
  expect(all.map(({ body }) => body.type)).toEqual([
    'operation.recorded',
    'operation.started',
    'operation.ended',
  ])
  expect(all.every(({ verified }) => verified)).toBe(true)
  expect(new Set(all.map(({ body }) => body.data['operation'])).size).toBe(1)
  expect(all.at(-1)?.body.data).toMatchObject({
    service: 'web',
    action: 'scale',
    ending: 'succeeded',
    requestedBy: { kind: 'person', id: 'U0ALICE' },
  })
}, 90_000)

it('while it is down, and the worker is killed, nothing is lost and nothing comes twice under two ids', async () => {
  const before = (await taken()).length
  await answers(503)
  await say('/asg lock web "receiver is down"')
  await until((events) => events.some(({ status }) => status === 503))
  await sandbox.kill('worker')
  await say('/asg unlock web')
  const listed = await eventually(async () => {
    const { code, out } = await rollcall('webhooks', 'list')
    return code === 0 && out.includes('takes nothing now') ? out : undefined
  }, 30_000)
  expect(listed).toMatch(/^sandbox · takes nothing now · \d waiting, 0 not taken · again at /m)
  expect(listed).toMatch(/service\.locked · web · failed \(503\)/)
  await answers(204)
  // Not at the next attempt of its own: now.
  expect(await rollcall('webhooks', 'replay', 'sandbox')).toMatchObject({ code: 0 })
  await eventually(async () => ((await taken()).length >= before + 2 ? true : undefined), 60_000)
  const late = (await taken()).slice(before)
  expect(late.map(({ body }) => body.type)).toEqual(['service.locked', 'service.unlocked'])
  expect(
    new Set((await came()).filter(({ body }) => body.type === 'service.locked').map(({ id }) => id)).size,
  ).toBe(1)
  expect((await rollcall('webhooks', 'list')).out).toMatch(/^sandbox · takes what it is sent · 0 waiting/m)
}, 120_000)

it('one that wants no more is told of in the channel, and comes back by the line that is shown there', async () => {
  await answers(410)
  await say('/asg lock web "no more"')
  const told = await eventually(async () => {
    const { body } = await sandbox.control('GET', 'messages?user=alice&channel=ops')
    return (body as readonly { readonly text: string }[]).find(({ text }) => text.includes('410'))?.text
  }, 60_000)
  expect(told).toContain('rollcall webhooks replay sandbox')
  await answers(204)
  const before = (await taken()).length
  expect(await rollcall('webhooks', 'replay', 'sandbox')).toMatchObject({
    code: 0,
    out: '1 event that sandbox had not taken: sent again.\n',
  })
  await eventually(async () => ((await taken()).length > before ? true : undefined), 60_000)
  expect((await taken()).at(-1)?.body).toMatchObject({ type: 'service.locked' })
}, 120_000)

it('neither log has an address or a secret in it', () => {
  for (const role of ['gateway', 'worker'] as const) {
    expect(sandbox.log(role)).not.toContain(hookSecret(sandbox.token))
    expect(sandbox.log(role)).not.toContain('/hooks')
  }
  expect(sandbox.log('worker')).toContain('a webhook was not told')
})
