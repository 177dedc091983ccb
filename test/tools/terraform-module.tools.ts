import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './program'
import { terraformTest } from './terraform'
import { surroundings } from './terraform-here'

terraformTest('the Terraform module is valid, and makes what its own tests say', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-module-'))
  try {
    // The module reads a file beside it.
    cpSync('deploy', folder, { recursive: true })
    const inside = { cwd: join(folder, 'terraform'), env: surroundings(folder) }
    const terraform = async (...args: string[]) => run('terraform', [...args, '-no-color'], inside)
    expect(await terraform('fmt', '-check', '-recursive')).toEqual({ code: 0, said: '' })
    await terraform('init', '-input=false', '-backend=false')
    expect((await terraform('validate')).said).toContain('The configuration is valid')
    expect((await terraform('test')).said).toMatch(/Success! [1-9]\d* passed, 0 failed\./)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
