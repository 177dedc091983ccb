import type { Parsed } from '../../../src/domain/interaction/command'
import { writeDuration } from '../../../src/domain/time/duration'

/** The lines that a question offers, one after the other. */
const linesOf = (choices: unknown): string =>
  (choices as readonly { readonly line: string }[]).map(({ line }) => line).join(' | ')

/** What was understood, in one line that reads well in a table. */
export function understood(parsed: Parsed): string {
  if (!parsed.ok) {
    const { code, ...facts } = parsed.parseError
    const about = Object.entries(facts)
      .filter(([name]) => !['known', 'allowed', 'nearest'].includes(name))
      .map(([name, value]) => (name === 'choices' ? linesOf(value) : String(value)))
      .filter((value) => value !== '')
    return [`✗ ${code}`, ...about, ...(parsed.suggestion === undefined ? [] : ['⇒', parsed.suggestion])].join(
      ' ',
    )
  }
  const { command } = parsed
  const written = Object.entries('request' in command ? { ...command, ...command.request } : command)
    .filter(([name, value]) => !['name', 'request', 'procedure'].includes(name) && value !== false)
    .map(([name, value]) => {
      if (name === 'duration') return `duration=${writeDuration(Number(value))}`
      if (name === 'known')
        return Object.entries(value as Readonly<Record<string, unknown>>).map(
          ([key, word]) => `${key}=${String(word)}`,
        )
      if (name === 'why') return `why=“${String(value)}”`
      return value === true ? name : `${name}=${String(value)}`
    })
  return [command.name, ...written.flat()].join(' ')
}
