import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { CallRecord, Fault, FleetView } from '../../../src/sandbox/protocol'
import { eventually } from '../redis'
import { recordedFaults } from '../slack-limits/recorded'
import { built } from './built'
import { Person, type Worded } from './person'

const token = 'acceptance-token'

/** What a control route answers, with its status. */
export interface Answered {
  readonly status: number
  readonly body: unknown
}

/** The sandbox as people start it, in a process of its own. */
export interface Sandbox {
  /** Where the page, Slack and the control routes answer. */
  readonly url: string
  readonly awsUrl: string
  /** Where pipelines ask. */
  readonly doorUrl: string
  readonly token: string
  /** The directory of its files. */
  readonly state: string
  /** All that it printed, line by line. */
  readonly said: readonly string[]
  readonly process: ChildProcess
  control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answered>
  /** Someone of the seed: alice may deploy, bob approves, mallory may nothing. */
  person(name: 'alice' | 'bob' | 'mallory'): Person
  fleet(): Promise<FleetView>
  /** AWS's calls since one of them. */
  calls(since?: number): Promise<readonly CallRecord[]>
  /** The sequence of the last call. */
  lastCall(): Promise<number>
  /** Waits for a call of an action, or of any of them, beyond `since`; messages tell of it up to 3 s later. */
  hears(action: string | undefined, since?: number): Promise<CallRecord>
  fault(fault: Fault): Promise<void>
  heal(): Promise<void>
  /** kill -9 of one of the bot's processes, or of Redis. */
  kill(role: 'gateway' | 'worker' | 'redis'): Promise<void>
  /** What a role wrote to its log. */
  log(role: 'gateway' | 'worker'): string
  /** SIGINT, as Ctrl-C does; resolves with the exit code. Rejects where Slack was sent what it does not document. */
  stop(): Promise<number | null>
}

/** Starts the built sandbox on free ports with these further variables; resolves when a command can be typed. */
export const startSandbox = async (variables: Readonly<Record<string, string>> = {}): Promise<Sandbox> => {
  await built()
  const state = mkdtempSync(join(tmpdir(), 'rollcall-sandbox-'))
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/sandbox.js'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      REDIS_URL: '',
      SANDBOX_PORT: '0',
      SANDBOX_AWS_PORT: '0',
      SANDBOX_SPEED: '100',
      SANDBOX_TOKEN: token,
      SANDBOX_STATE: state,
      SANDBOX_RECORD: 'on',
      ...variables,
    },
  })
  const said: string[] = []
  const ended = once(child, 'exit')
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => said.push(line))
  }
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT')
    await ended
    const undocumented = recordedFaults(join(state, 'slack.jsonl'))
    rmSync(state, { recursive: true, force: true })
    expect(undocumented).toEqual([])
    return child.exitCode
  }
  const found = (form: RegExp) => said.flatMap((line) => form.exec(line)?.[1] ?? []).at(0)
  const url = await eventually(() => {
    if (child.exitCode !== null) throw new Error(`the sandbox ended:\n${said.join('\n')}`)
    return found(/^sandbox ready (http:\/\/[^/]+)/)
  }, 60_000).catch(async (failure: unknown) => {
    await stop()
    throw failure
  })

  const control: Sandbox['control'] = async (method, path, body) => {
    const response = await fetch(`${url}/control/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }
  const get = async <T>(path: string): Promise<T> => (await control('GET', path)).body as T
  const calls = (since = 0) => get<readonly CallRecord[]>(`calls?since=${since}`)
  const ok = async (asked: Promise<Answered>): Promise<void> => {
    const { status, body } = await asked
    if (status !== 200) throw new Error(`${status} ${(body as Worded).message ?? ''}`)
  }
  return {
    url,
    awsUrl: found(/AWS answers at (\S+)/) ?? '',
    doorUrl: found(/pipelines ask at (\S+)\/v1/) ?? '',
    token,
    state,
    said,
    process: child,
    control,
    person: (name) => new Person(name, control),
    fleet: () => get<FleetView>('fleet'),
    calls,
    hears: (action, since = 0) =>
      eventually(
        async () =>
          (await calls(since)).find(
            (call) => (action ?? call.action) === call.action && call.error === undefined,
          ),
        60_000,
        50,
      ),
    lastCall: async () => (await calls()).at(-1)?.sequence ?? 0,
    fault: (fault) => ok(control('POST', 'faults', fault)),
    heal: () => ok(control('DELETE', 'faults')),
    kill: (role) => ok(control('POST', 'bot', { role, do: 'kill' })),
    log: (role) => readFileSync(join(state, `${role}.log`), 'utf8'),
    stop,
  }
}
