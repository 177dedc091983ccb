import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { createMetrics } from '../../../src/adapters/http/metrics'
import { readLine } from '../../../src/cli/arguments/read'
import { english } from '../../../src/cli/copy/copy.en'
import { exitCode } from '../../../src/cli/exit-code'
import { commands } from '../../../src/commands'
import { parseLine } from '../../../src/commands/parse'
import { readCatalogue } from '../../../src/config/catalogue'
import { variableNames } from '../../../src/config/environment'
import { writeMistakes } from '../../../src/config/mistake'
import { catalogueSchema } from '../../../src/config/schema'
import { actions } from '../../../src/domain/access/action'
import type { Catalogue } from '../../../src/domain/catalogue/catalogue'
import { blocksOf, found, marked, pages, prose, read, root } from '../../support/pages'

const example = (): Catalogue => {
  const loaded = readCatalogue(read('deploy/rollcall.example.yaml'), 'rollcall.example.yaml')
  if (!loaded.ok) throw new Error(writeMistakes(loaded.mistakes))
  return loaded.value
}

/** The anchor that a heading gets on GitHub. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

describe.each(pages)('%s', (path) => {
  const page = read(path)

  test('links to files and headings that are there', () => {
    const links = found(prose(page), /\]\((?!https?:)([^)\s]+)\)/g)
    const broken = links.filter((link) => {
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? path : join(dirname(path), file)
      if (!existsSync(join(root, target))) return true
      const headings = anchor === undefined ? [] : found(read(target), /^#+ (.+)$/gm).map(anchorOf)
      return anchor !== undefined && !headings.includes(anchor)
    })
    expect(broken).toEqual([])
  })

  test('names only files and folders that are there', () => {
    const paths = found(marked(page).join('\n'), /^(?:src|test|scripts|docs|deploy)\/[\w./-]*[\w]\/?$/gm)
    expect(paths.filter((named) => !existsSync(join(root, named)))).toEqual([])
  })

  test('tells people to type only what is understood', () => {
    const blocks = blocksOf(page).flatMap(({ language, text }) => (language === '' ? text.split('\n') : []))
    const lines = [...blocks, ...marked(page)]
      .map((line) => line.split(/ {3,}/)[0]?.trim() ?? '')
      .filter((line) => line.startsWith('/asg') && !/[<…|]|, /.test(line))
    const catalogue = example()
    // What asks back is understood, too.
    const isUnderstood = (line: string): boolean => {
      const parsed = parseLine(line, catalogue)
      return parsed.ok || parsed.parseError.code === 'ambiguous_command'
    }
    expect(lines.filter((line) => !isUnderstood(line))).toEqual([])
  })

  test('names only variables that somebody reads', () => {
    const known = new Set([
      ...variableNames,
      ...sandboxVariables(),
      ...Object.keys(english.environment),
      'NODE_ENV',
      // Node's own: authorities of one's own, for receivers of webhooks.
      'NODE_EXTRA_CA_CERTS',
    ])
    const aws =
      /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|PROFILE|(DEFAULT_)?REGION|USE_FIPS_ENDPOINT)$/
    const endpoints =
      /^AWS_(USE_DUALSTACK_ENDPOINT|ENDPOINT_URL(_(EC2|AUTO_SCALING|ELASTIC_LOAD_BALANCING_V2|SERVICE_QUOTAS|STS))?)$/
    const named = found(page, /(?<![\w/.-])(?:SLACK|REDIS|ROLLCALL|AWS|SANDBOX|CLOCK|LOG|NODE)_[A-Z0-9_]+/g)
    expect(named.filter((name) => !known.has(name) && !aws.test(name) && !endpoints.test(name))).toEqual([])
  })

  test('shows code as it stands in its file', () => {
    for (const { language, text } of blocksOf(page)) {
      const [, file] = /^\/\/ (src\/\S+)\n/.exec(text) ?? []
      if (language !== 'ts') continue
      expect(read(file ?? 'a block of code names its file')).toContain(text.slice(text.indexOf('\n') + 1))
    }
  })
})

const sandboxVariables = () => found(read('src/sandbox/config.ts'), /^ {2}([A-Z]+(?:_[A-Z]+)+): \{/gm)

describe('the page on commands', () => {
  const page = read('docs/commands.md')

  test('has every command there is, with its usage, and no other', () => {
    const headings = found(page, /^## ([a-z-]+)$/gm)
    expect(headings).toEqual(commands.map(({ name }) => name).sort())
    expect(commands.map(({ usage }) => `\`${usage}\``).filter((usage) => !page.includes(usage))).toEqual([])
  })

  test('gives an example of every command in both languages', () => {
    const sections = new Map(page.split(/^## /m).map((text) => [text.split('\n')[0] ?? '', text]))
    const catalogue = example()
    for (const { name } of commands) {
      const lines = blocksOf(sections.get(name) ?? '').flatMap(({ text }) => text.trim().split('\n'))
      const meant = lines.map((line) => {
        const parsed = parseLine(line, catalogue)
        return parsed.ok ? parsed.command.name : line
      })
      expect([...new Set(meant)]).toEqual([name])
      expect(lines.filter((line) => /[가-힣]/.test(line))).not.toEqual([])
    }
  })
})

describe('the page on the catalogue', () => {
  const page = read('docs/catalogue.md')

  /** Every key of the schema, at any depth, that people do not choose themselves. */
  const keysOf = (schema: unknown): readonly string[] => {
    const { def } = (schema as { _zod: { def: Record<string, unknown> } })._zod
    const shape = def['shape'] as Record<string, unknown> | undefined
    const own = Object.entries(shape ?? {}).flatMap(([key, value]) => [key, ...keysOf(value)])
    const inner = ['innerType', 'element', 'valueType', 'in', 'out'].flatMap((part) =>
      def[part] === undefined ? [] : keysOf(def[part]),
    )
    return [...own, ...inner]
  }

  test('explains every key and names every action', () => {
    const words = new Set(
      marked(page).flatMap((code) => [
        ...(code.match(/[a-z0-9]+/g) ?? []),
        ...(code.match(/[a-z]+/g) ?? []),
        ...(code.match(/[a-z-]+/g) ?? []),
        ...(code.match(/[a-z_]+/g) ?? []),
      ]),
    )
    expect([...keysOf(catalogueSchema), ...actions].filter((key) => !words.has(key))).toEqual([])
  })

  test('begins with a file that is sound as it stands', () => {
    const whole = blocksOf(page).filter(({ text }) => /^services:/m.test(text) && /^rules:/m.test(text))
    expect(whole.length).toBeGreaterThan(0)
    for (const { text } of whole) expect(readCatalogue(text, 'page')).toMatchObject({ ok: true })
  })

  test('gives parts that are sound in their place', () => {
    const whole = parse(read('deploy/rollcall.example.yaml')) as Record<string, unknown>
    for (const { language, text } of blocksOf(page)) {
      if (language !== 'yaml') continue
      const part = parse(text) as Record<string, unknown>
      expect(readCatalogue(JSON.stringify({ ...whole, ...part }), 'page')).toMatchObject({ ok: true })
    }
  })
})

describe('the page on pipelines', () => {
  const page = read('docs/ci.md')

  test('shows lines that the command line understands', () => {
    const lines = blocksOf(page)
      .flatMap(({ text }) => text.split('\n'))
      .flatMap((line) => /(?:^|node )rollcall(?:\.js)? (.*?)(?: {3,}#.*)?$/.exec(line.trim())?.[1] ?? [])
      .map((line) => (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', '')))
    expect(lines.length).toBeGreaterThan(12)
    expect(lines.map((words) => readLine(words)).filter(({ kind }) => kind === 'wrong')).toEqual([])
  })

  test('has every exit code there is', () => {
    expect(found(page, /^\| (\d) {4}\|/gm).map(Number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(new Set(Object.values(exitCode))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7]))
  })
})

test('the page on operations names every metric there is, and no other', async () => {
  const { registry } = createMetrics()
  const families = (await registry.getMetricsAsJSON()).map(({ name }) => name)
  const own = families.filter((name) => !/^rollcall_(process|nodejs)_/.test(name)).sort()
  const page = read('docs/operations.md')
  const rows = found(page, /^\| `(rollcall_\w+)` +\|/gm)
  expect(rows).toEqual(own)
  const said = found(page, /rollcall_\w+[a-z]/g).map((name) => name.replace(/_(count|sum|bucket)$/, ''))
  expect(said.filter((name) => !own.includes(name) && !/^rollcall_(process|nodejs)$/.test(name))).toEqual([])
})

describe('the page on the sandbox', () => {
  const page = read('docs/sandbox.md')

  test('has every variable there is', () => {
    expect(found(page, /^\| `([A-Z_]+)` +\|/gm)).toEqual(sandboxVariables())
  })

  test('has every control route there is', () => {
    const routes = ['chat', 'world', 'hooks']
      .map((name) => read(`src/sandbox/control/routes/${name}.ts`))
      .join('\n')
    expect(found(page, /`((?:GET|POST|DELETE) \/control\/\w+)`/g)).toEqual(
      found(routes, /'((?:GET|POST|DELETE) \/control\/\w+)'/g),
    )
  })

  test('has every fault there is', () => {
    const faults = page.slice(page.indexOf('### Faults'))
    const kinds = found(read('src/sandbox/protocol.ts'), /kind: '([a-z-]+)'/g)
    expect(found(faults, /^\| `([a-z-]+)` +\|/gm)).toEqual(kinds)
  })
})

test('the checklist of a procedure counts the files of the program that it names', () => {
  const page = read('docs/adding-a-procedure.md')
  const items = page.split(/^- \[ \] /m).filter((item) => !item.startsWith('_if_'))
  const files = items.slice(1).flatMap((item) => found(item, /`(src\/[^`]+\.ts)`/g))
  expect(page).toContain(`**${files.length} files of \`src\``)
})
