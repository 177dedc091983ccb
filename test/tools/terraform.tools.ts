import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, type Served, serveFleet } from './program'
import { terraformTest } from './terraform'
import { surroundings } from './terraform-here'

let served: Served
let folder: string
let environment: Readonly<Record<string, string>>
beforeAll(async () => {
  served = await serveFleet(200)
  folder = mkdtempSync(join(tmpdir(), 'rollcall-terraform-'))
  cpSync('test/tools/terraform', folder, { recursive: true })
  environment = { ...served.env, ...surroundings(folder) }
})
afterAll(async () => {
  await served.close()
  rmSync(folder, { recursive: true, force: true })
})

const terraform = async (...args: string[]) => {
  const inside = { cwd: folder, env: environment }
  const { code, said } = await run('terraform', [...args, '-no-color', '-input=false'], inside)
  return { code, said }
}

terraformTest('the AWS provider builds a fleet, has nothing to do then, and takes it away', async () => {
  await terraform('init')
  const applied = await terraform('apply', '-auto-approve')
  expect(applied.said).toContain('Apply complete! Resources: 16 added, 0 changed, 0 destroyed.')
  // 0: nothing to do; 1: an error; 2: something would change.
  const again = await terraform('plan', '-detailed-exitcode')
  expect(again).toMatchObject({ code: 0, said: expect.stringContaining('No changes.') as string })
  const destroyed = await terraform('destroy', '-auto-approve', '-refresh=false')
  expect(destroyed.said).toContain('Destroy complete! Resources: 16 destroyed.')
})
