import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findServer } from '../../../../src/sandbox/launcher/redis-source'

/** A machine that has these programs alone, each a shell script. */
describe('where Redis comes from', () => {
  const path = process.env['PATH']
  let bin: string
  let said: string[]

  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), 'bin-'))
    said = []
    for (const name of ['sh', 'ln']) symlinkSync(`/bin/${name}`, join(bin, name))
    process.env['PATH'] = bin
  })
  afterEach(() => {
    process.env['PATH'] = path
    jest.restoreAllMocks()
    rmSync(bin, { recursive: true, force: true })
  })
  const install = (name: string, script = ':') => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  const asUser = (id: number) => jest.spyOn(process, 'getuid').mockReturnValue(id)
  const find = () => findServer('/state/redis', 6399, (line) => void said.push(line))

  it('is a server on the machine, valkey as well', async () => {
    install('valkey-server')
    expect(await find()).toEqual({
      command: join(bin, 'valkey-server'),
      args: ['/state/redis/redis.conf'],
      container: false,
    })
    install('redis-server')
    expect((await find()).command).toBe(join(bin, 'redis-server'))
  })

  it('is installed by root where there is apt, after an update where it needs one', async () => {
    asUser(0)
    install(
      'apt-get',
      `case "$*" in update*) ln -s /bin/sh ${bin}/fresh;; *) [ -e ${bin}/fresh ] && ln -s /bin/sh ${bin}/redis-server;; esac`,
    )
    expect((await find()).command).toBe(join(bin, 'redis-server'))
    expect(said).toEqual(['no redis-server here: installing it with apt-get'])
  })

  it('is Docker’s where apt does not help, on loopback and on the directory given', async () => {
    asUser(1000)
    install('apt-get', `ln -s /bin/sh ${bin}/redis-server`)
    install('docker')
    const { args, container } = await find()
    expect(container).toBe(true)
    expect(args).toContain(join(bin, 'docker'))
    expect(args.join(' ')).toMatch(
      /-p 127\.0\.0\.1:6399:6399 -v \/state\/redis:\/data .*valkey-server \/data\/redis\.conf$/,
    )
  })

  it('else fails with the one command to run', async () => {
    asUser(1000)
    install('apt-get')
    install('docker', 'exit 1')
    await expect(find()).rejects.toThrow('sudo apt-get install -y redis-server')
  })
})
