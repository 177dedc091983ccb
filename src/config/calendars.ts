import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Catalogue } from '../domain/catalogue/catalogue'
import { hour, type Instant } from '../domain/time/time'
import type { ChangeWindow } from '../domain/windows/change-window'
import { spansOf } from './calendar-file'
import type { Mistake, Read } from './mistake'

const year = 366 * 24 * hour
/** So far ahead a calendar is read: a start is due long before. */
const ahead = 10 * year
const maxBytes = 1024 * 1024

/**
 * The catalogue with the times in it of the calendars that its windows name as files, relative to its own folder. They decide
 * as the catalogue does: its SHA-256 is of all of them.
 */
export const withCalendars = async (
  catalogue: Catalogue,
  folder: string,
  now: Instant,
): Promise<Read<Catalogue>> => {
  const { windows } = catalogue
  if (!windows?.some(({ times }) => times.kind === 'calendar')) return { ok: true, value: catalogue }
  const read = await Promise.all(windows.map((window) => readCalendar(window, folder, now)))
  const mistakes = read.flatMap((one) => ('mistake' in one ? [one.mistake] : []))
  if (mistakes.length > 0) return { ok: false, mistakes }
  const whole = createHash('sha256').update(catalogue.sha256 ?? '')
  for (const one of read) if ('text' in one) whole.update(one.text)
  return {
    ok: true,
    value: {
      ...catalogue,
      sha256: whole.digest('hex'),
      windows: read.flatMap((one) => ('window' in one ? [one.window] : [])),
    },
  }
}

const readCalendar = async (
  window: ChangeWindow,
  folder: string,
  now: Instant,
): Promise<{ readonly window: ChangeWindow; readonly text?: string } | { readonly mistake: Mistake }> => {
  const { times, timezone } = window
  if (times.kind !== 'calendar') return { window }
  const { file } = times
  const mistake = (wrong: string, allowed: string) => ({
    mistake: { where: `windows "${window.name}" calendar`, wrong: `"${file}" ${wrong}`, allowed },
  })
  try {
    const text = await readFile(file.startsWith('/') ? file : `${folder}/${file}`, 'utf8')
    if (Buffer.byteLength(text) > maxBytes)
      return mistake('is longer than 1 MB', 'a calendar of 1 MB at most')
    const found = spansOf(text, { timezone, from: now - year, until: now + ahead })
    if ('wrong' in found) return mistake(found.wrong, 'a calendar of RFC 5545, as calendars export them')
    return { window: { ...window, times: { ...times, spans: found.spans } }, text }
  } catch (failure) {
    const code = (failure as NodeJS.ErrnoException).code ?? String(failure)
    return mistake(`cannot be read (${code})`, "a readable file, relative to the catalogue's folder")
  }
}
