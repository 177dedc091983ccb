import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { load } from 'js-yaml'
import { isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml'
import { check } from './checks'
import type { Fault } from './fault'
import { catalogueFrom } from './fill'
import { nearest } from '../domain/interaction/nearest'
import { places, writePath } from './places'
import { catalogueSchema } from './schema'
import { withCalendars } from './calendars'
import { withUserData } from './user-data'
import type { Catalogue } from '../domain/catalogue/catalogue'
import type { Read } from './mistake'
import type { Instant } from '../domain/time/time'
import type { z } from 'zod'

/** Reads and validates the catalogue's file; a file that cannot be read is a mistake like any other. */
export async function loadCatalogue(path: string, now: Instant = Date.now()): Promise<Read<Catalogue>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (failure) {
    const code = (failure as NodeJS.ErrnoException).code ?? String(failure)
    const allowed = 'a readable file; deploy/rollcall.example.yaml is one to begin with'
    return { ok: false, mistakes: [{ where: path, wrong: `cannot be read (${code})`, allowed }] }
  }
  const read = readCatalogue(text, path)
  if (!read.ok) return read
  const sha256 = createHash('sha256').update(text).digest('hex')
  const folder = path.replace(/[^/]*$/, '.')
  const scripted = await withUserData({ ...read.value, sha256 }, folder)
  return scripted.ok ? withCalendars(scripted.value, folder, now) : scripted
}

/** Validates the catalogue's text, defaults filled in. `file` is its name in mistakes, which come in its order. */
export function readCatalogue(text: string, file: string): Read<Catalogue> {
  const sound = quickly(text)
  if (sound) return { ok: true, value: sound }
  const lines = new LineCounter()
  // Its own search for keys that are twice looks at each pair of them: a minute for 20,000 services.
  const options = {
    lineCounter: lines,
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  } as const
  const document = parseDocument(text, options)
  const read = understand(document)
  if ('catalogue' in read) return { ok: true, value: read.catalogue }
  const placeOf = places(document)
  const placed = read.faults
    .map((fault) => ({ ...fault, ...lines.linePos(fault.offset ?? placeOf(fault.path, fault.ofKey)) }))
    .sort((a, b) => a.line - b.line || a.col - b.col)
  return {
    ok: false,
    mistakes: placed.map(({ line, col, path, wrong, allowed }) => ({
      where: `${file}:${line}:${col} ${writePath(path)}`.trim(),
      wrong,
      allowed,
    })),
  }
}

/** What a plain reader may read otherwise than a careful one, or without an end: anchors, aliases, tags, merges. */
const needsCare = /[&!%]|<<|__proto__|(?:^|[\s,:[{-])\*[^\s"']/

/**
 * The catalogue of a sound file, by a reader that knows no lines and takes a tenth of the time; of anything else nothing:
 * the careful reader says what is wrong, and where.
 */
const quickly = (text: string): Catalogue | undefined => {
  if (needsCare.test(text)) return undefined
  let plain: unknown
  try {
    plain = load(text)
  } catch {
    return undefined
  }
  const read = sound(plain)
  return 'catalogue' in read ? read.catalogue : undefined
}

/** A catalogue by its plain values, or what is wrong with them. */
const sound = (plain: unknown): { readonly catalogue: Catalogue } | { readonly faults: readonly Fault[] } => {
  const written = catalogueSchema.safeParse(plain)
  const faults = written.success ? check(written.data) : written.error.issues.flatMap(faultsOf)
  return written.success && faults.length === 0 ? { catalogue: catalogueFrom(written.data) } : { faults }
}

/** Keys that stand twice in a map, of which one would be taken silently, and one that every map has. */
const wrongKeys = (document: Document.Parsed): readonly Fault[] => {
  const faults: Fault[] = []
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<string>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        const name = String(key.value)
        const offset = key.range?.[0] ?? 0
        if (name === '__proto__')
          faults.push({ path: [], offset, wrong: '"__proto__" is no name', allowed: 'another name' })
        else if (seen.has(name) && name !== '<<')
          faults.push({ ...asYaml(`Map keys must be unique: "${name}" stands twice`), offset })
        seen.add(name)
      }
    },
  })
  return faults
}

const understand = (
  document: Document.Parsed,
): { readonly catalogue: Catalogue } | { readonly faults: readonly Fault[] } => {
  const notYaml = document.errors.map((error): Fault => ({ ...asYaml(error.message), offset: error.pos[0] }))
  if (notYaml.length > 0) return { faults: notYaml.slice(0, shownOfYaml) }
  const keys = wrongKeys(document)
  if (keys.length > 0) return { faults: keys.slice(0, shownOfYaml) }
  let plain: unknown
  try {
    plain = document.toJS({ maxAliasCount: 100 })
  } catch (failure) {
    return {
      faults: [{ ...asYaml(failure instanceof Error ? failure.message : String(failure)), offset: 0 }],
    }
  }
  return sound(plain)
}

/** One mistake in YAML makes many after it: the first few say enough. */
const shownOfYaml = 3
const asYaml = (wrong: string): Fault => ({ path: [], wrong, allowed: 'YAML 1.2' })

/** A zod issue as faults: one for each unknown key, else one. */
const faultsOf = (issue: z.core.$ZodIssue): readonly Fault[] => {
  const [wrong = '', allowed = ''] = issue.message.split('\n')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const suggestion = nearest(key, allowed.split(', '))
      const hint = suggestion ? ` (did you mean "${suggestion}"?)` : ''
      return { path: [...issue.path, key], wrong: `"${key}" is not known${hint}`, allowed, ofKey: true }
    })
  }
  if (issue.code === 'invalid_key') {
    const [wrongKey = '', allowedKey = ''] = issue.issues[0]?.message.split('\n') ?? []
    const key = String(issue.path.at(-1))
    return [{ path: issue.path, wrong: `"${key}" ${wrongKey}`, allowed: allowedKey, ofKey: true }]
  }
  return [{ path: issue.path, wrong, allowed }]
}
