import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'oxc-parser'

/**
 * @typedef {{ readonly specifier: string, readonly file?: string }} Import  `file` where it is one of this program's own
 * @typedef {{ readonly file: string, readonly imports: readonly Import[], readonly identifiers: ReadonlySet<string> }} Module
 */

/** @param {string} folder @returns {string[]} */
const sourcesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))

/**
 * Every module under a folder with what it imports, imports of types included, and the identifiers that it spells.
 * Paths are relative to the folder.
 * @param {string} folder
 * @returns {readonly Module[]}
 */
export const readModules = (folder) => {
  const files = new Set(sourcesIn(folder).map((file) => path.relative(folder, file)))
  return [...files]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((file) => {
      const { program, module, errors } = parseSync(file, readFileSync(path.join(folder, file), 'utf8'))
      const [error] = errors
      if (error) throw new Error(`${file}: ${error.message}`)
      const specifiers = [
        ...module.staticImports.map((one) => one.moduleRequest.value),
        ...module.staticExports.flatMap(({ entries }) =>
          entries.flatMap(({ moduleRequest }) => (moduleRequest ? [moduleRequest.value] : [])),
        ),
      ]
      const imports = [...new Set(specifiers)].map((specifier) => resolve(files, file, specifier))
      return { file, imports, identifiers: identifiersOf(program) }
    })
}

/** @param {ReadonlySet<string>} files @param {string} from @param {string} specifier @returns {Import} */
const resolve = (files, from, specifier) => {
  if (!specifier.startsWith('.')) return { specifier }
  const base = path.join(path.dirname(from), specifier)
  const file = [`${base}.ts`, `${base}.tsx`, path.join(base, 'index.ts'), base].find((one) => files.has(one))
  return file === undefined ? { specifier } : { specifier, file }
}

/** @param {unknown} node @param {Set<string>} [found] @returns {ReadonlySet<string>} */
const identifiersOf = (node, found = new Set()) => {
  if (Array.isArray(node)) for (const one of node) identifiersOf(one, found)
  else if (typeof node === 'object' && node !== null) {
    if ('type' in node && (node.type === 'Identifier' || node.type === 'PrivateIdentifier') && 'name' in node)
      found.add(String(node.name))
    for (const value of Object.values(node)) if (typeof value === 'object') identifiersOf(value, found)
  }
  return found
}
