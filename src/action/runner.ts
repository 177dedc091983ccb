import { randomUUID } from 'node:crypto'
import { appendFile } from 'node:fs/promises'

type Variables = Readonly<Record<string, string | undefined>>

/** What the runner of GitHub reads of a step: its files and the commands in its log. */
export interface Runner {
  readonly outputs: (values: Readonly<Record<string, string>>) => Promise<void>
  readonly summary: (markdown: string) => Promise<void>
  readonly mask: (secret: string) => void
  readonly error: (title: string, message: string) => void
  readonly warning: (message: string) => void
  /** Until it is undone, the log is text and commands nobody: it shows what others wrote. */
  readonly asText: () => () => void
}

/** In a value of a workflow command, these signs would end it (GitHub Docs, "Workflow commands"). */
const escaped = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapedProperty = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

export const runnerOf = (variables: Variables, print: (text: string) => void): Runner => {
  const append = async (name: string, text: string): Promise<void> => {
    const file = variables[name]
    if (file) await appendFile(file, text, 'utf8')
  }
  return {
    // A delimiter that nobody can guess: a value cannot end itself and go on as another one.
    outputs: (values) =>
      append(
        'GITHUB_OUTPUT',
        Object.entries(values)
          .map(([name, value]) => {
            const end = `end-${randomUUID()}`
            return `${name}<<${end}\n${value}\n${end}\n`
          })
          .join(''),
      ),
    summary: (markdown) => append('GITHUB_STEP_SUMMARY', markdown),
    mask: (secret) => print(`::add-mask::${escaped(secret)}\n`),
    error: (title, message) => print(`::error title=${escapedProperty(title)}::${escaped(message)}\n`),
    warning: (message) => print(`::warning title=Rollcall::${escaped(message)}\n`),
    asText() {
      const end = `stop-${randomUUID()}`
      print(`::stop-commands::${end}\n`)
      return () => print(`::${end}::\n`)
    },
  }
}
