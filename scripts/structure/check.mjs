import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readModules } from './modules.mjs'
import { looseFiles, rooms } from './rules.mjs'
import { retired, retiredIn } from './words.mjs'

const source = fileURLToPath(new URL('../../src', import.meta.url))
const tests = fileURLToPath(new URL('../../test', import.meta.url))
const docs = fileURLToPath(new URL('../../docs', import.meta.url))

/** @typedef {import('./modules.mjs').Module} Module */

/** The room of a file: the longest one in the table that it lies in. @param {string} file */
const roomOf = (file) =>
  Object.keys(rooms)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0]

/** @param {string} name @param {readonly string[]} list */
const listed = (name, list) => list.some((one) => one === '*' || name === one || name.startsWith(`${one}/`))

/** Who imports what the table does not allow. @param {readonly Module[]} modules @returns {string[]} */
const forbiddenImports = (modules) =>
  modules.flatMap(({ file, imports }) => {
    const room = roomOf(file)
    if (room === undefined) return [`${file}: lies in no room of scripts/structure/rules.mjs`]
    const { may, packages } = rooms[room]
    return imports.flatMap(({ specifier, file: to }) => {
      const allowed =
        to === undefined
          ? listed(specifier, packages)
          : roomOf(to) === room || listed(to.replace(/\.tsx?$/, ''), may)
      return allowed ? [] : [`${file}: ${room} may not import ${to ?? specifier}`]
    })
  })

/** Circles of imports, imports of types counted. @param {readonly Module[]} modules @returns {string[]} */
const circles = (modules) => {
  const edges = new Map(modules.map(({ file, imports }) => [file, imports.flatMap((one) => one.file ?? [])]))
  /** @type {Map<string, 'open' | 'closed'>} */
  const seen = new Map()
  /** @type {string[]} */
  const found = []
  /** @param {string} file @param {readonly string[]} way */
  const visit = (file, way) => {
    if (seen.get(file) === 'closed') return
    if (seen.get(file) === 'open') {
      found.push(`circle: ${[...way.slice(way.indexOf(file)), file].join(' -> ')}`)
      return
    }
    seen.set(file, 'open')
    for (const next of edges.get(file) ?? []) visit(next, [...way, file])
    seen.set(file, 'closed')
  }
  for (const file of edges.keys()) visit(file, [])
  return found
}

/** Folders with more files of their own than the table grants. @param {readonly Module[]} modules @returns {string[]} */
const drawers = (modules) =>
  Object.entries(looseFiles).flatMap(([folder, most]) => {
    const count = modules.filter(({ file }) => path.dirname(file) === folder).length
    return count > most ? [`${folder}: ${count} loose files, ${most} at the most`] : []
  })

/** Words that the glossary has retired. @param {readonly Module[]} modules @returns {string[]} */
const retiredWords = (modules) =>
  modules.flatMap(({ file, identifiers }) =>
    [file.replace(/\.tsx?$/, ''), ...identifiers].flatMap((name) => {
      const word = retiredIn(name)
      return word === undefined
        ? []
        : [`${file}: "${name}" has the retired word "${word}" (docs/glossary.md: ${retired[word]})`]
    }),
  )

/** Strategies as tests were once named after; journals and people may still say them. */
const formerInTests = { colors: 'blue-green', weighted: 'canary' }

/** Names of tests with a word that the glossary has retired, or a strategy's former name. @returns {string[]} */
const retiredTestNames = () =>
  readdirSync(tests, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    // A folder that Git left behind empty is nobody's.
    if (path.extname(file) === '') return []
    const name = path.basename(file).replace(/\.(test|suite|moto)?\.?tsx?(\.snap)?$/, '')
    const word =
      retiredIn(name) ?? Object.keys(formerInTests).find((former) => name.split(/[-.]/).includes(former))
    return word === undefined ? [] : [`test/${file}: the name has the retired word "${word}"`]
  })

/** The table of who may import whom, as docs/architecture.md shows it. @returns {string} */
const importTable = () => {
  const rows = Object.entries(rooms).map(([room, { may, packages }]) => {
    const list = (/** @type {readonly string[]} */ names) =>
      names.length === 0 ? '–' : names.map((name) => (name === '*' ? 'any' : `\`${name}\``)).join(', ')
    return `| \`${room}\` | ${list(may)} | ${list(packages)} |`
  })
  return ['| part of `src` | may import | packages |', '|---|---|---|', ...rows].join('\n')
}

/** The retired words with their terms, as docs/glossary.md shows them. @returns {string} */
const retiredTable = () => {
  const rows = Object.entries(retired)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, term]) => `| ${word} | ${term} |`)
  return ['| Retired | Term |', '|---|---|', ...rows].join('\n')
}

/** A table without what only aligns its columns. @param {string} text */
const plain = (text) => text.replaceAll(/[ -]+/g, '')

/**
 * Whether a page shows a table as it is, between its two marks. `--write` writes it.
 * @param {string} page @param {string} name @param {string} table @returns {string[]}
 */
const staleTable = (page, name, table) => {
  const begin = `<!-- ${name}: written by \`npm run structure -- --write\` -->`
  const end = `<!-- /${name} -->`
  const file = path.join(docs, page)
  const text = readFileSync(file, 'utf8')
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)]
  if (from < begin.length || to < from) return [`docs/${page}: has no table of ${name}`]
  if (plain(text.slice(from, to)).trim() === plain(table)) return []
  if (!process.argv.includes('--write'))
    return [`docs/${page}: its table of ${name} is old: npm run structure -- --write`]
  writeFileSync(file, `${text.slice(0, from)}\n${table}\n${text.slice(to)}`)
  return []
}

const modules = readModules(source)
const problems = [
  ...forbiddenImports(modules),
  ...circles(modules),
  ...drawers(modules),
  ...retiredWords(modules),
  ...retiredTestNames(),
  ...staleTable('architecture.md', 'imports', importTable()),
  ...staleTable('glossary.md', 'retired', retiredTable()),
]
for (const problem of problems) process.stderr.write(`${problem}\n`)
process.stdout.write(`structure: ${modules.length} files, ${problems.length} problems\n`)
process.exitCode = problems.length === 0 ? 0 : 1
