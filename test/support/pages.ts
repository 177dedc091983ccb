import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(__dirname, '../..')
/** The text of a file of the project, by its path from the root. */
export const read = (path: string): string => readFileSync(join(root, path), 'utf8')
/** The pages in a folder, by paths from the root. */
const pagesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))

/** The documentation, by paths from the root. */
export const pages: readonly string[] = ['', 'docs', 'docs/decisions'].flatMap(pagesIn)

interface Block {
  readonly language: string
  readonly text: string
}

/** The fenced blocks of a page. */
export const blocksOf = (page: string): readonly Block[] =>
  Array.from(page.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm), ([, language = '', text = '']) => ({
    language,
    text,
  }))

/** The page without its fenced blocks. */
export const prose = (page: string): string => page.replace(/^ *```\w*\n[\s\S]*?^ *```$/gm, '')

/** What stands in code marks in the prose of a page. */
export const marked = (page: string): readonly string[] =>
  Array.from(prose(page).matchAll(/`([^`\n]+)`/g), ([, code = '']) => code)

/** Every match of the pattern's first group, once, in order. */
export const found = (text: string, pattern: RegExp): readonly string[] =>
  [...new Set(Array.from(text.matchAll(pattern), ([all, group]) => group ?? all))].sort()
