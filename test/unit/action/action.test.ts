import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'yaml'
import { readInputs } from '../../../src/action/inputs'
import { readLine } from '../../../src/cli/arguments/read'
import {
  doorOperation,
  doorProblem,
  type FakeDoor,
  type Heard,
  type Said,
  startFakeDoor,
} from '../../support/fake-door'
import { read, root } from '../../support/pages'

const bundle = path.join(root, 'action/dist/index.mjs')

test('the bundle that is checked in is made of the source as it stands: npm run build:action', () => {
  const { scripts } = JSON.parse(read('package.json')) as {
    readonly scripts: { readonly 'build:action': string }
  }
  const words = scripts['build:action'].split(' ').filter((word) => !word.startsWith('--outfile'))
  const [esbuild = '', ...rest] = words
  const built = execFileSync(path.join(root, 'node_modules/.bin', esbuild), rest, {
    cwd: root,
    encoding: 'utf8',
  })
  expect(built === readFileSync(bundle, 'utf8')).toBe(true)
})

test('action.yml has every input that is read, and every output that is written', () => {
  const { inputs, outputs } = parse(read('action/action.yml')) as { inputs: object; outputs: object }
  const source = read('src/action/inputs.ts')
  const named = [...source.matchAll(/(?:input|isOn)\(variables, '([a-z-]+)'/g)].map(([, name]) => name ?? '')
  expect(new Set(Object.keys(inputs))).toEqual(new Set(named))
  expect(Object.keys(outputs).toSorted()).toEqual(['ending', 'operation', 'reason-code', 'result', 'url'])
})

describe('its inputs', () => {
  const variables = (more: Readonly<Record<string, string>>) => ({
    INPUT_SERVICE: 'web',
    INPUT_VERSION: 'v2',
    GITHUB_REPOSITORY_ID: '456789',
    GITHUB_RUN_ID: '123',
    GITHUB_RUN_ATTEMPT: '1',
    ...more,
  })
  const keyIn = (more: Readonly<Record<string, string>>) =>
    readInputs(variables(more)).words.find((word) => word.startsWith('--idempotency-key='))

  it('become a line of the command line', () => {
    const { words } = readInputs(
      variables({ INPUT_REASON: 'the login broke', INPUT_ARGS: '--strategy=canary\n--weights=10,100\n' }),
    )
    expect(readLine(words)).toMatchObject({
      kind: 'wish',
      command: 'deploy',
      values: { wait: true, timeout: '60m', reason: 'the login broke' },
      wish: { body: { service: 'web', version: 'v2', strategy: 'canary', weights: [10, 100] } },
    })
  })

  it('never name another door or option by a version', () => {
    for (const version of ['--url=https://elsewhere.example.com', 'url=https://elsewhere.example.com']) {
      const line = readLine(readInputs(variables({ INPUT_VERSION: version })).words)
      expect(line).toMatchObject({ wish: { body: { version } } })
      expect(line).not.toHaveProperty('values.url')
    }
  })

  it('are one wish in one attempt of a run, and another in the next', () => {
    expect(keyIn({})).toBe(keyIn({}))
    expect(keyIn({})).toMatch(/^--idempotency-key=gh-456789-123-1-[0-9a-f]{16}$/)
    const others = [
      { GITHUB_RUN_ATTEMPT: '2' },
      { INPUT_VERSION: 'v3' },
      { GITHUB_JOB: 'other' },
      { 'INPUT_DRY-RUN': 'true' },
    ]
    expect(new Set([{}, ...others].map(keyIn)).size).toBe(5)
  })
})

describe('a job', () => {
  let servers: FakeDoor[] = []
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'rollcall-action-'))
  })
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.close()))
    servers = []
    rmSync(folder, { recursive: true })
  })

  const opens = async (answer: (heard: Heard, count: number) => Said): Promise<FakeDoor> => {
    const server = await startFakeDoor(answer)
    servers.push(server)
    return server
  }
  /** GitHub: it signs id tokens, and keeps deployments. */
  const startGithub = (claims: object, mayDeploy = true) => {
    const token = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`
    return opens(({ path }, count) =>
      path.startsWith('/token')
        ? { status: 200, body: { value: `${token}${count}` } }
        : mayDeploy
          ? { status: 201, body: { id: 42 } }
          : { status: 403, body: { message: 'Resource not accessible by integration' } },
    )
  }

  /** Runs the bundle as the runner does. */
  const runs = async (github: FakeDoor, inputs: Readonly<Record<string, string>>, killedBy?: 'SIGINT') => {
    const file = (name: string) => path.join(folder, name)
    const child = spawn(process.execPath, [bundle], {
      env: {
        ...Object.fromEntries(
          Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
        ),
        ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url}/token?api-version=2.0`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-runner',
        GITHUB_API_URL: github.url,
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'acme/web',
        GITHUB_REPOSITORY_ID: '456789',
        GITHUB_SHA: 'abc123',
        GITHUB_RUN_ID: '123',
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_OUTPUT: file('output'),
        GITHUB_STEP_SUMMARY: file('summary'),
      },
    })
    let log = ''
    let killed = false
    child.stdout.on('data', (chunk: Buffer) => {
      log += chunk.toString()
      if (killedBy && !killed && log.includes('web-k7f3q')) killed = child.kill(killedBy)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString()
    })
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    const written = (name: string) => {
      try {
        return readFileSync(file(name), 'utf8')
      } catch {
        return ''
      }
    }
    const outputs: Readonly<Record<string, string>> = Object.fromEntries(
      [...written('output').matchAll(/^(\S+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [
        name,
        value,
      ]),
    )
    return { code, log, outputs, summary: written('summary') }
  }

  const usual = {
    service: 'web',
    version: 'v2',
    audience: 'rollcall',
    environment: 'production',
    'github-token': 'ghs_job',
  }

  it('proves itself by an id token, deploys, and shows the deployment', async () => {
    const github = await startGithub({ repository: 'acme/web' })
    const door = await opens(({ method }) =>
      method === 'POST'
        ? { status: 202, body: { ...doorOperation(), readToken: 'reads' } }
        : {
            status: 200,
            body: doorOperation({
              state: 'ended',
              ending: 'succeeded',
              says: 'Serves v2.',
              url: 'https://acme.slack.com/archives/C1/p1',
            }),
          },
    )
    const { code, outputs, summary, log } = await runs(github, { ...usual, url: door.url })
    expect(code).toBe(0)
    expect(github.heard[0]).toMatchObject({
      path: '/token?api-version=2.0&audience=rollcall',
      headers: { authorization: 'bearer of-the-runner' },
    })
    expect(door.heard[0]).toMatchObject({
      headers: { authorization: expect.stringMatching(/^Bearer e30\./) },
      body: { action: 'deploy', service: 'web', version: 'v2' },
    })
    expect(outputs).toMatchObject({
      operation: 'web-k7f3q',
      ending: 'succeeded',
      'reason-code': '',
      url: 'https://acme.slack.com/archives/C1/p1',
    })
    expect(JSON.parse(outputs['result'] ?? '')).toMatchObject({
      version: 1,
      exit: 0,
      answer: { id: 'web-k7f3q' },
    })
    expect(summary).toContain('**✅ succeeded** · [`web-k7f3q`](https://acme.slack.com/archives/C1/p1)')
    const deployments = github.heard.filter(({ path }) => path.startsWith('/repos'))
    expect(deployments.map(({ path, body }) => [path, (body as { state?: string }).state])).toEqual([
      ['/repos/acme/web/deployments', undefined],
      ['/repos/acme/web/deployments/42/statuses', 'in_progress'],
      ['/repos/acme/web/deployments/42/statuses', 'success'],
    ])
    expect(deployments[0]).toMatchObject({
      headers: { authorization: 'Bearer ghs_job' },
      body: { ref: 'abc123', environment: 'production', auto_merge: false },
    })
    const mask = log.indexOf('::add-mask::e30.')
    expect(mask).toBeGreaterThanOrEqual(0)
    expect(log.slice(mask).split('e30.')).toHaveLength(2)
  })

  it('fails after a way back, says why, and lets nobody command the runner by a sentence', async () => {
    const github = await startGithub({ repository: 'acme/web' })
    const says = 'Not healthy.\n::set-env name=PATH::/evil\n| <b>x</b>'
    const door = await opens(({ method }) =>
      method === 'POST'
        ? { status: 202, body: doorOperation() }
        : {
            status: 200,
            body: doorOperation({
              state: 'ended',
              ending: 'rolled_back',
              code: 'unhealthy',
              says,
              left: ['image ami-1 stays'],
            }),
          },
    )
    const { code, outputs, summary, log } = await runs(github, { ...usual, url: door.url })
    expect(code).toBe(1)
    expect(outputs).toMatchObject({ ending: 'rolled_back', 'reason-code': 'unhealthy' })
    expect(github.heard.at(-1)?.body).toMatchObject({ state: 'failure' })
    expect(summary).toContain('- Left: image ami\\-1 stays')
    expect(summary).not.toContain('<b>')
    expect(log).toContain(
      '::error title=Rollcall%3A deploy web v2::web-k7f3q rolled_back%0ANot healthy.%0A::set-env',
    )
    const [, end = '?'] = /::stop-commands::(\S+)/.exec(log) ?? []
    expect(log.indexOf('\n::set-env')).toBeGreaterThan(log.indexOf('::stop-commands::'))
    expect(log.indexOf('\n::set-env')).toBeLessThan(log.indexOf(`::${end}::\n`))
  })

  it('leaves the deployment to GitHub where the job has an environment', async () => {
    const github = await startGithub({ repository: 'acme/web', environment: 'production' })
    const door = await opens(({ method }) =>
      method === 'POST'
        ? { status: 202, body: doorOperation() }
        : { status: 200, body: doorOperation({ state: 'ended', ending: 'succeeded' }) },
    )
    expect((await runs(github, { ...usual, url: door.url })).code).toBe(0)
    expect(github.heard.every(({ path }) => path.startsWith('/token'))).toBe(true)
  })

  it('deploys all the same where GitHub keeps no deployment, and says which right is missing', async () => {
    const github = await startGithub({}, false)
    const door = await opens(({ method }) =>
      method === 'POST'
        ? { status: 202, body: doorOperation() }
        : { status: 200, body: doorOperation({ state: 'ended', ending: 'succeeded' }) },
    )
    const { code, log } = await runs(github, { ...usual, url: door.url })
    expect(code).toBe(0)
    expect(log).toContain('deployments: write')
  })

  it('is refused with the sentence of the door; nothing is shown as deployed', async () => {
    const github = await startGithub({})
    const door = await opens(() => doorProblem(409, 'locked', 'Locked by alice: incident 42.'))
    const { code, outputs, summary } = await runs(github, { ...usual, url: door.url })
    expect(code).toBe(3)
    expect(outputs).toMatchObject({ operation: '', 'reason-code': 'locked' })
    expect(summary).toContain('Locked by alice: incident 42.')
    expect(github.heard.every(({ path }) => path.startsWith('/token'))).toBe(true)
  })

  it('that is cancelled cancels the operation where that was said, by a token of its own', async () => {
    const github = await startGithub({})
    let cancelled = false
    const door = await opens(({ method, body }) => {
      if (method === 'POST' && JSON.stringify(body).includes('cancel')) cancelled = true
      return method === 'POST'
        ? { status: 202, body: doorOperation() }
        : cancelled
          ? { status: 200, body: doorOperation({ state: 'ended', ending: 'cancelled' }) }
          : { status: 304 }
    })
    const { code } = await runs(github, { ...usual, url: door.url, 'cancel-on-interrupt': 'true' }, 'SIGINT')
    expect(code).toBe(5)
    const wishes = door.heard.filter(({ method }) => method === 'POST')
    expect(wishes[1]?.body).toEqual({ action: 'cancel', operation: 'web-k7f3q' })
    expect(wishes[1]?.headers.authorization).not.toBe(wishes[0]?.headers.authorization)
  })

  it('without an id token is told which permission it lacks', async () => {
    const github = await opens(() => ({ status: 403, body: {} }))
    const { code, log } = await runs(github, usual)
    expect(code).toBe(7)
    expect(log).toContain('::error title=Rollcall::GitHub gave no id token: HTTP 403.')
  })
})
