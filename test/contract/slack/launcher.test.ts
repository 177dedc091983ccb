import { buildSync } from 'esbuild'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { SandboxConfig } from '../../../src/sandbox/config'
import type { Sandbox } from '../../../src/sandbox/launcher/launch'
import { launch } from '../../../src/sandbox/launcher/launch'
import { until } from '../../support/slack-world'

/** The launcher with the least that it takes for a bot. */
describe('the launcher', () => {
  const state = mkdtempSync(join(tmpdir(), 'sandbox-'))
  const bot = resolve('dist/test/tiny-bot.mjs')
  const config: SandboxConfig = {
    port: 0,
    awsPort: 0,
    lbPort: 0,
    apiPort: 0,
    speed: 20,
    token: 'test-token',
    state,
    bot: true,
    mode: 'socket',
    requestUrl: 'http://127.0.0.1:3000/slack/events',
    slackLimits: false,
    record: false,
    backups: false,
    weighted: false,
    checks: false,
    windows: false,
    logLevel: 'info',
  }
  let sandbox: Sandbox
  let said: string[] = []

  beforeAll(() => {
    buildSync({
      entryPoints: ['test/support/tiny-bot.ts'],
      outfile: bot,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
    })
  })
  afterEach(() => sandbox.stop())
  afterAll(() => rmSync(state, { recursive: true, force: true }))

  async function start(changes: Partial<SandboxConfig> = {}): Promise<string> {
    said = []
    sandbox = launch(
      { ...config, ...changes },
      { page: 'dist/page', bot, manifests: 'deploy' },
      (line) => void said.push(line),
    )
    return new URL(await sandbox.ready).origin
  }
  const control = async (url: string, method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/control/${path}`, {
      method,
      headers: { authorization: 'Bearer test-token' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return (await response.json()) as {
      ok?: boolean
      replies?: { text: string }[]
      groups?: { name: string }[]
    }
  }
  const command = async (url: string, text: string) => {
    const { replies = [] } = await control(url, 'POST', 'command', { user: 'alice', channel: 'ops', text })
    return replies.map((reply) => reply.text).join()
  }

  it('gives the bot the catalogue that is wanted, else the seed’s', async () => {
    const url = await start()
    expect(await command(url, 'catalogue')).toBe(join(state, 'rollcall.yaml'))
    await sandbox.stop()
    const another = await start({ catalogue: resolve('deploy/rollcall.example.yaml') })
    expect(await command(another, 'catalogue')).toBe(resolve('deploy/rollcall.example.yaml'))
  })

  it.each(['socket', 'http'] as const)('is ready when a command can be typed, by %s', async (mode) => {
    const url = await start({ mode })
    expect(await command(url, '/asg status')).toBe('tiny heard status')
    const names = await command(url, 'env')
    expect(names).toContain(mode === 'socket' ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET')
    expect(names).not.toContain('AWS_')
    const { groups = [] } = await control(url, 'GET', 'fleet')
    expect(groups.map((group) => group.name)).toContain('Web-ASG')
  })

  it('starts what was killed again, and everything at another pace', async () => {
    const url = await start()
    const pids = async () => JSON.parse(await command(url, 'pid')) as number
    const before = await pids()
    await control(url, 'POST', 'bot', { role: 'gateway', do: 'kill' })
    await until(async () => (await command(url, 'status')) === 'tiny heard status')
    expect(await pids()).not.toBe(before)
    await control(url, 'POST', 'speed', { speed: 50 })
    expect(await command(url, 'clock')).toMatch(/^50@\d+\/\d+$/)
  })

  it('ends everything that it has started', async () => {
    const url = await start()
    const pid = Number(await command(url, 'pid'))
    await sandbox.stop()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  it('says how to start a bot of one’s own', async () => {
    await start({ bot: false })
    const names = said.flatMap((line) => /^ {2}([A-Z_]+)=/.exec(line)?.[1] ?? [])
    expect(names).toEqual(
      expect.arrayContaining([
        'SLACK_BOT_TOKEN',
        'SLACK_API_URL',
        'REDIS_URL',
        'AWS_ENDPOINT_URL',
        'CLOCK_SPEED',
      ]),
    )
  })

  it('names the port that is taken, and what to do', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    await expect(start({ port })).rejects.toThrow(new RegExp(`Port ${port} is taken.*SANDBOX_PORT=0`, 's'))
    server.close()
  })
})
