import { readFileSync, writeFileSync } from 'node:fs'

/** The files that a release is made of, by path. @typedef {Readonly<Record<string, string>>} Files */

const changelog = 'CHANGELOG.md'
const form = /^\d+\.\d+\.\d+$/
/** Where a version stands in files other than the packages' own. */
const mentions = ['deploy/kubernetes/rollcall.yaml', 'docs/kubernetes.md']
const files = [changelog, 'package.json', 'package-lock.json', ...mentions]

/** @param {string} text @returns {string} */
const versionOf = (text) => /"version": "([^"]+)"/.exec(text)?.[1] ?? ''

/** @param {string} a @param {string} b */
const isAbove = (a, b) => {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)]
  const at = x.findIndex((part, index) => part !== y[index])
  return at >= 0 && (x[at] ?? 0) > (y[at] ?? 0)
}

/**
 * What the changelog says of a version, or of what is unreleased.
 * @param {string} text @param {string} version @returns {string}
 */
const notesOf = (text, version) => {
  const start = text.split('\n').findIndex((line) => line.startsWith(`## [${version}]`))
  if (start < 0) return ''
  const rest = text.split('\n').slice(start + 1)
  const end = rest.findIndex((line) => line.startsWith('## ['))
  return rest
    .slice(0, end < 0 ? undefined : end)
    .join('\n')
    .trim()
}

/**
 * The files with another version in them, what was unreleased under its name. Throws, and says what is in the way.
 * @param {Files} before @param {string} version @param {string} day @returns {Files}
 */
const released = (before, version, day) => {
  const now = versionOf(before['package.json'] ?? '')
  if (!form.test(version)) throw new Error(`${version} is not a version like 1.2.3`)
  if (!isAbove(version, now)) throw new Error(`${version} is not above ${now}`)
  if (notesOf(before[changelog] ?? '', 'Unreleased') === '')
    throw new Error(`${changelog}: nothing is written under [Unreleased]`)
  return Object.fromEntries(
    Object.entries(before).map(([path, text]) => {
      if (path === changelog)
        return [path, text.replace('## [Unreleased]\n', `## [Unreleased]\n\n## [${version}] - ${day}\n`)]
      // The lock names the program's own version twice, first of all.
      if (path === 'package-lock.json')
        return [
          path,
          text
            .replace(`"version": "${now}"`, `"version": "${version}"`)
            .replace(`"version": "${now}"`, `"version": "${version}"`),
        ]
      if (path === 'package.json')
        return [path, text.replace(`"version": "${now}"`, `"version": "${version}"`)]
      return [path, text.replaceAll(`rollcall:${now}`, `rollcall:${version}`)]
    }),
  )
}

/** What is wrong with a tag, if anything. @param {Files} now @param {string} tag @returns {string | undefined} */
const wrongTag = (now, tag) => {
  const version = versionOf(now['package.json'] ?? '')
  if (tag !== `v${version}`) return `the tag is ${tag}, and package.json says ${version}`
  if (notesOf(now[changelog] ?? '', version) === '') return `${changelog} says nothing of ${version}`
  const elsewhere = mentions.find((path) => !(now[path] ?? '').includes(`rollcall:${version}`))
  return elsewhere === undefined ? undefined : `${elsewhere} names another version of the image`
}

const usage = `usage: npm run release -- 0.3.0        writes the version into its files
       node scripts/release.mjs --check v0.3.0   says whether a tag is of the version that the files say
       node scripts/release.mjs --notes v0.3.0   prints what the changelog says of it`

/** @param {readonly string[]} words @returns {string | undefined} */
const main = ([first, second]) => {
  const now = Object.fromEntries(files.map((path) => [path, readFileSync(path, 'utf8')]))
  if (first === '--check' && second) return wrongTag(now, second)
  if (first === '--notes' && second) {
    process.stdout.write(`${notesOf(now[changelog] ?? '', second.replace(/^v/, ''))}\n`)
    return undefined
  }
  if (first === undefined || first.startsWith('-')) return usage
  try {
    const next = released(now, first, new Date().toISOString().slice(0, 10))
    for (const [path, text] of Object.entries(next)) writeFileSync(path, text)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  process.stdout.write(
    `Version ${first} is written. Then: git commit -am "Release ${first}" && git tag -s v${first} && git push --follow-tags\n`,
  )
  return undefined
}

if (process.argv[1]?.endsWith('release.mjs')) {
  const mistake = main(process.argv.slice(2))
  if (mistake !== undefined) {
    process.stderr.write(`${mistake}\n`)
    process.exitCode = 1
  }
}
