import { execFileSync } from 'node:child_process'

/**
 * Prints what the program is made of, as CycloneDX. `npm sbom --omit dev` loses packages that development packages share
 * with the program (seen with npm 11: zod and yaml), so all are asked for, and those marked as of development are left out.
 * @typedef {{ readonly 'bom-ref': string, readonly properties?: readonly { readonly name: string }[] }} Component
 * @typedef {{ readonly ref: string, readonly dependsOn?: readonly string[] }} Dependency
 * @typedef {{ components: readonly Component[], dependencies: readonly Dependency[] }} Bom
 */

const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only']
const said = execFileSync('npm', args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
/** @type {Bom} */
const all = JSON.parse(said)

/** @param {Component} component */
const isOfDevelopment = ({ properties = [] }) =>
  properties.some(({ name }) => name === 'cdx:npm:package:development')
const left = new Set(all.components.filter(isOfDevelopment).map((component) => component['bom-ref']))

const bom = {
  ...all,
  components: all.components.filter((component) => !left.has(component['bom-ref'])),
  dependencies: all.dependencies
    .filter(({ ref }) => !left.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => !left.has(one)) })),
}
process.stdout.write(`${JSON.stringify(bom, null, 2)}\n`)
