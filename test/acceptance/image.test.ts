import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-image-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the file of the image is all that the program needs', () => {
  const file = join(folder, 'server.mjs')
  const built = spawnSync('npm', ['run', '-s', 'build:image', '--', `--outfile=${file}`], {
    encoding: 'utf8',
  })
  expect(built.stderr).toBe('')
  // Beside no packages: what was not bundled would be missed when it is imported, before a word is said of the environment.
  const env = { PATH: process.env.PATH ?? '', ROLE: 'gateway', ROLLCALL_CONFIG: join(folder, 'none.yaml') }
  const { status, stdout, stderr } = spawnSync('node', [file], { cwd: folder, env, encoding: 'utf8' })
  expect(status).not.toBe(0)
  const said = stdout + stderr
  expect(said).not.toMatch(/ERR_MODULE_NOT_FOUND|Cannot find/)
  expect(said).toContain('SLACK_BOT_TOKEN')
})
