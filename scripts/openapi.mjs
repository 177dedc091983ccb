// Writes docs/openapi.json from the door's table of routes. A test compares it.
import { writeFile } from 'node:fs/promises'
import { build } from 'esbuild'

const outfile = 'dist/openapi.js'
await build({
  entryPoints: ['src/gateway/api/openapi.ts'],
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  outfile,
})
const { openApi } = await import(`../${outfile}`)
await writeFile('docs/openapi.json', `${JSON.stringify(openApi(), null, 2)}\n`)
