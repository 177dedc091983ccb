import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { answers } from './program'

const provider = 'registry.terraform.io/hashicorp/aws'

/** Where the AWS provider lies on this machine: where Terraform itself looks, a cache, or a mirror under /opt. */
const mirror = [
  process.env.TF_PLUGIN_CACHE_DIR ?? '',
  join(homedir(), '.terraform.d/plugins'),
  '/usr/local/share/terraform/plugins',
  '/usr/share/terraform/plugins',
  ...(existsSync('/opt') ? readdirSync('/opt').map((name) => join('/opt', name)) : []),
].find((folder) => folder !== '' && existsSync(join(folder, provider)))

/** Whether this machine has `terraform` with a mirror of its AWS provider. */
export const terraformIsHere = answers('terraform', 'version') && mirror !== undefined

/** What Terraform is run with: that mirror alone, by a file in this folder, and nobody is asked for newer versions. */
export function surroundings(folder: string): Readonly<Record<string, string>> {
  const file = join(folder, 'cli.tfrc')
  const only = `provider_installation {\n  filesystem_mirror { path = ${JSON.stringify(mirror ?? '')} }\n}\n`
  writeFileSync(file, only)
  return { TF_CLI_CONFIG_FILE: file, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' }
}
