import { execFile } from 'node:child_process'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { SandboxFailure } from './failure'
import { inheritedEnvironment } from '../config'
import { which } from './which'

const run = promisify(execFile)
const image = 'valkey/valkey:8-alpine'
const servers = ['redis-server', 'valkey-server']

/** How a Redis is started with the configuration `redis.conf` of a directory. */
export interface RedisSource {
  command: string
  args: string[]
  /** Whether it runs in a container, where the directory is /data. */
  container: boolean
}

/** A server on the machine; else, as root with apt, installed; else Docker's; else a failure that says what to do. */
export async function findServer(
  directory: string,
  port: number,
  say: (line: string) => void,
): Promise<RedisSource> {
  const found = which(...servers) ?? (await install(say))
  if (found) return { command: found, args: [join(directory, 'redis.conf')], container: false }
  const docker = which('docker')
  if (docker && (await works(docker))) {
    say(`no redis-server here: running ${image} in Docker`)
    return { ...dockerRun(docker, directory, port), container: true }
  }
  throw new SandboxFailure(
    `The sandbox needs Redis, and found neither redis-server nor valkey-server, nor a working Docker. Run one command and start again:\n\n    ${advice()}\n\nor name a Redis of yours: REDIS_URL=redis://127.0.0.1:6379 npm run sandbox`,
  )
}

/** Installs redis-server where we are root on a machine with apt; undefined where that is not so or fails. */
async function install(say: (line: string) => void): Promise<string | undefined> {
  const apt = which('apt-get')
  if (!apt || process.getuid?.() !== 0) return undefined
  say('no redis-server here: installing it with apt-get')
  // RUNLEVEL=1 keeps the package from starting a server of its own.
  const env = { ...inheritedEnvironment(), DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  try {
    await run(apt, ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], { env }).catch(
      async () => {
        await run(apt, ['update', '-qq'], { env })
        await run(apt, ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], { env })
      },
    )
  } catch (error) {
    say(`apt-get could not install it: ${lastLine(error)}`)
    return undefined
  }
  return which(...servers)
}

/** Docker in the foreground, so that its end is the container's; what a former one left is taken away before. */
function dockerRun(docker: string, directory: string, port: number): Omit<RedisSource, 'container'> {
  const name = `rollcall-sandbox-redis-${port}`
  const user = process.getuid ? ['--user', `${process.getuid()}:${process.getgid?.() ?? 0}`] : []
  const place = ['-p', `127.0.0.1:${port}:${port}`, '-v', `${directory}:/data`]
  const run = [
    'run',
    '--rm',
    '--init',
    '--name',
    name,
    ...user,
    ...place,
    image,
    'valkey-server',
    '/data/redis.conf',
  ]
  const script = '"$0" rm -f "$1" >/dev/null 2>&1; shift; exec "$0" "$@"'
  return { command: '/bin/sh', args: ['-c', script, docker, name, ...run] }
}

async function works(docker: string): Promise<boolean> {
  return run(docker, ['info'], { timeout: 10_000 }).then(
    ({ stderr }) => !/cannot connect/i.test(stderr),
    () => false,
  )
}

function advice(): string {
  if (process.platform === 'darwin') return 'brew install redis'
  const managers: [string, string][] = [
    ['apt-get', 'sudo apt-get install -y redis-server'],
    ['dnf', 'sudo dnf install -y valkey'],
    ['pacman', 'sudo pacman -S --noconfirm valkey'],
    ['apk', 'sudo apk add valkey'],
    ['zypper', 'sudo zypper install -y redis'],
  ]
  const known = managers.find(([manager]) => which(manager))
  return known?.[1] ?? `docker run --rm -p 127.0.0.1:6379:6379 ${image}`
}

function lastLine(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : basename(String(error))
  return text.trim().split('\n').at(-1) ?? ''
}
