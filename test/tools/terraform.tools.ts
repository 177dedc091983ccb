import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { answers, run, type Served, serveFleet, testWhere } from './program'

const provider = 'registry.terraform.io/hashicorp/aws'

/** Where the AWS provider lies on this machine: where Terraform itself looks, a cache, or a mirror under /opt. */
const mirror = [
  process.env.TF_PLUGIN_CACHE_DIR ?? '',
  join(homedir(), '.terraform.d/plugins'),
  '/usr/local/share/terraform/plugins',
  '/usr/share/terraform/plugins',
  ...(existsSync('/opt') ? readdirSync('/opt').map((name) => join('/opt', name)) : []),
].find((folder) => folder !== '' && existsSync(join(folder, provider)))

const withTerraform = testWhere(
  answers('terraform', 'version') && mirror !== undefined,
  'no `terraform` with a mirror of its AWS provider on this machine: Terraform on the simulator',
)

let served: Served
let folder: string
beforeAll(async () => {
  served = await serveFleet(200)
  folder = mkdtempSync(join(tmpdir(), 'rollcall-terraform-'))
  cpSync('test/tools/terraform', folder, { recursive: true })
  const only = `provider_installation {\n  filesystem_mirror { path = ${JSON.stringify(mirror ?? '')} }\n}\n`
  writeFileSync(join(folder, 'cli.tfrc'), only)
})
afterAll(async () => {
  await served.close()
  rmSync(folder, { recursive: true, force: true })
})

const terraform = async (...args: string[]) => {
  const env = {
    ...served.env,
    TF_CLI_CONFIG_FILE: join(folder, 'cli.tfrc'),
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
  }
  const { code, said } = await run('terraform', [...args, '-no-color', '-input=false'], { cwd: folder, env })
  return { code, said }
}

withTerraform('the AWS provider builds a fleet, has nothing to do then, and takes it away', async () => {
  await terraform('init')
  const applied = await terraform('apply', '-auto-approve')
  expect(applied.said).toContain('Apply complete! Resources: 16 added, 0 changed, 0 destroyed.')
  // 0: nothing to do; 1: an error; 2: something would change.
  const again = await terraform('plan', '-detailed-exitcode')
  expect(again).toMatchObject({ code: 0, said: expect.stringContaining('No changes.') as string })
  const destroyed = await terraform('destroy', '-auto-approve', '-refresh=false')
  expect(destroyed.said).toContain('Destroy complete! Resources: 16 destroyed.')
})
