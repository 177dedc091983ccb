import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { catalogue } from '../../src/sandbox/launcher/catalogue'
import { type Sandbox, startSandbox } from '../support/acceptance/sandbox'
import { type OidcIssuer, startOidcIssuer } from '../support/oidc-issuer'

let sandbox: Sandbox
let door: string
let forge: OidcIssuer
let folder: string

/** The sandbox's catalogue with a pipeline of the forge, which may scale web from the branch main. */
const withPipeline = (): string =>
  catalogue({ backups: false, token: 'acceptance-token' })
    .replace(
      'machines:\n',
      `machines:\n  web-pipeline: { oidc: { issuer: "${forge.url}", audience: rollcall, claims: { repository_id: "456789", ref: refs/heads/main } } }\n`,
    )
    .replace('rules:\n', 'rules:\n  - { service: web, action: scale, allow: machines.web-pipeline }\n')

beforeAll(async () => {
  forge = await startOidcIssuer({
    repository: 'acme/web',
    repository_id: '456789',
    ref: 'refs/heads/main',
    actor: 'octocat',
    run_id: '123',
  })
  folder = mkdtempSync(join(tmpdir(), 'rollcall-pipeline-'))
  writeFileSync(join(folder, 'rollcall.yaml'), withPipeline())
  sandbox = await startSandbox({ SANDBOX_SPEED: '200', SANDBOX_CATALOGUE: join(folder, 'rollcall.yaml') })
  door = sandbox.said.flatMap((line) => /pipelines ask at (http\S+)\/v1/.exec(line)?.[1] ?? []).at(0) ?? ''
}, 120_000)
afterAll(async () => {
  await sandbox?.stop()
  await forge?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The built program, as a pipeline runs it. */
const rollcall = (...words: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...process.env, LANG: 'C', ROLLCALL_URL: door, ROLLCALL_TOKEN: sandbox.token }
    const child = execFile(process.execPath, ['dist/rollcall.js', ...words], { env }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    )
  })
const last = ({ out }: Ended) => JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as { readonly id: string }

it('deploys as a pipeline does, though the gateway dies meanwhile; the channel sees who asked', async () => {
  const since = await sandbox.lastCall()
  const deploying = rollcall(
    'deploy',
    'web',
    'v2',
    '--wait',
    '--timeout',
    '5m',
    '--json',
    '--reason',
    'release 42',
  )
  await sandbox.hears('CreateImage', since)
  await sandbox.kill('gateway')
  const ended = await deploying
  expect(ended).toMatchObject({ code: 0 })
  const operation = last(ended)
  expect(operation).toMatchObject({ state: 'ended', ending: 'succeeded', requestedBy: { id: 'machines.ci' } })
  expect(
    (await sandbox.calls(since)).filter(({ action, mutating }) => mutating && action === 'CreateImage'),
  ).toHaveLength(1)
  const message = await sandbox.person('bob').reads(operation.id, /^✅/)
  expect(message.text).toContain('release 42')
}, 90_000)

it('is refused by a lock with its sentence, and locks and unlocks itself', async () => {
  expect(await rollcall('lock', 'web', 'incident 42')).toMatchObject({ code: 0 })
  const refused = await rollcall('deploy', 'web', 'v3', '--wait')
  expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('incident 42') })
  expect(await rollcall('unlock', 'web')).toMatchObject({ code: 0 })
  expect((await rollcall('status', 'web')).out).toContain('v2')
})

describe('the action of GitHub', () => {
  /** Runs the bundle as the runner does. */
  const step = (inputs: Readonly<Record<string, string>>): Promise<Ended> =>
    new Promise((resolve) => {
      const env = {
        PATH: process.env['PATH'] ?? '',
        ...forge.jobVariables,
        ...Object.fromEntries(
          Object.entries({ url: door, ...inputs }).map(([name, value]) => [
            `INPUT_${name.toUpperCase()}`,
            value,
          ]),
        ),
        GITHUB_REPOSITORY_ID: '456789',
        GITHUB_RUN_ID: '123',
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_OUTPUT: join(folder, 'output'),
        GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      }
      const child = execFile(process.execPath, ['action/dist/index.mjs'], { env }, (_, out, err) =>
        resolve({ code: child.exitCode ?? -1, out, err }),
      )
    })

  it('proves itself by a token of the forge, asks once, and is named in the channel with its run', async () => {
    const inputs = { service: 'web', action: 'scale', args: '3', timeout: '5m' }
    expect(await step(inputs)).toMatchObject({ code: 0, err: '' })
    const operation =
      /^operation<<(\S+)\n(\S+)\n\1$/m.exec(readFileSync(join(folder, 'output'), 'utf8'))?.[2] ?? ''
    expect((await sandbox.person('bob').reads(operation, /^✅/)).text).toContain('acme/web')
    // The same step of the same attempt once more: the same operation.
    const since = await sandbox.lastCall()
    expect(await step(inputs)).toMatchObject({ code: 0, out: expect.stringContaining(operation) })
    expect((await sandbox.calls(since)).filter(({ mutating }) => mutating)).toEqual([])
    expect(new Set(forge.audiences)).toEqual(new Set(['rollcall']))
    expect(readFileSync(join(folder, 'summary'), 'utf8')).toContain('✅ succeeded')
  }, 60_000)

  it('may what its rule says and nothing else, and is nobody for another audience', async () => {
    expect((await step({ service: 'web', version: 'v3' })).code).toBe(3)
    const other = await step({ service: 'web', action: 'scale', args: '2', audience: 'elsewhere' })
    expect(other.code).toBe(7)
    expect(other.out).toContain('wrong_audience')
  })
})

it('leaves a record that is whole, and one byte altered is found', async () => {
  const { code, out, err } = await rollcall('audit', 'export', '--since', '30d')
  expect(code).toBe(0)
  const head = /\d+:[0-9a-f]{64}/.exec(err)?.[0] ?? ''
  const raw = out.trimEnd().split('\n')
  const kinds = raw.map((line) => (JSON.parse(line) as { readonly kind: string }).kind)
  expect(kinds).toEqual(['catalogue', 'operation', 'lock', 'unlock', 'operation'])
  const file = join(sandbox.state, 'record.jsonl')
  const verified = async (lines: readonly string[]) => {
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
    return (await rollcall('audit', 'verify', file, '--head', head)).code
  }
  expect(await verified(raw)).toBe(0)
  expect(await verified(raw.with(1, (raw[1] ?? '').replace('release 42', 'release 43')))).toBe(1)
})
