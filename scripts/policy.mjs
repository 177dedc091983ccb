// Builds and runs src/policy: `npm run -s policy -- rollcall.yaml --roles …` prints the IAM policies that a catalogue needs.
import { build } from 'esbuild'

await build({
  entryPoints: ['src/policy/main.ts'],
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  outfile: 'dist/policy.js',
  logLevel: 'warning',
})
await import(new URL('../dist/policy.js', import.meta.url).href)
