import { execFile, spawnSync } from 'node:child_process'
import { type Aws, createAws } from '../../src/sandbox/aws'
import { seedFleet } from '../../src/sandbox/aws/seed'
import { type AwsServer, serveAws } from '../../src/sandbox/aws/server'
import { createLiveClock } from '../../src/sandbox/clock'

/** The seed fleet on a clock of its own, for programs of others. */
export interface Served {
  readonly aws: Aws
  /** What points the tools of AWS at it, and at nothing else. */
  readonly env: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** Monday morning in Seoul: no action that a test schedules comes due while it runs. */
const start = Date.parse('2026-03-02T00:00:00Z')
const token = 'tools-token'

/** What points the tools of AWS at a simulator, and at nothing else. */
export const toolsEnvironment = (url: string, key: string): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: key,
  AWS_SECRET_ACCESS_KEY: 'sandbox',
  AWS_SESSION_TOKEN: '',
  AWS_REGION: 'ap-northeast-2',
  AWS_DEFAULT_REGION: 'ap-northeast-2',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_PAGER: '',
})

export async function serveFleet(speed: number): Promise<Served> {
  const clock = createLiveClock({ start, speed })
  const aws = createAws({ clock })
  seedFleet(aws)
  const server: AwsServer = await serveAws(aws, { port: 0, token })
  return {
    aws,
    env: toolsEnvironment(server.url, token),
    async close() {
      clock.stop()
      await server.close()
    },
  }
}

export interface Ended {
  readonly code: number
  /** Standard output and standard error, one after the other. */
  readonly said: string
}

interface Surroundings {
  readonly cwd?: string
  readonly env: Readonly<Record<string, string>>
}

/** Runs a program to its end. */
export const run = (program: string, args: readonly string[], { cwd, env }: Surroundings): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 }
    execFile(program, [...args], options, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), said: out + err }),
    )
  })

/** `test`, or what skips it and says so by name where the machine lacks something. */
export const testWhere = (found: boolean, lacking: string): typeof test => {
  if (found) return test
  process.stderr.write(`SKIPPED, ${lacking}\n`)
  return test.skip
}

export const answers = (program: string, ...args: string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore', env: { ...process.env, TF_CLI_CONFIG_FILE: '' } }).status === 0
