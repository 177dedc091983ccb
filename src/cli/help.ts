import { commands, options, type OptionName, type OptionSpec } from './arguments/commands'
import type { Copy } from './copy/copy'

const spec = options as Readonly<Record<OptionName, OptionSpec>>

/** Two columns, the first as wide as its longest text. */
const table = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('')
}

/** All commands, or one with its options. */
export const helpText = (copy: Copy, topic?: string): string => {
  const command = topic === undefined || !Object.hasOwn(commands, topic) ? undefined : commands[topic]
  if (topic === undefined || !command) {
    return [
      `${copy.intro}\n`,
      `${copy.commandsHead}\n${table(
        Object.entries(commands).map(([name, { usage }]) => [usage, copy.commands[name] ?? '']),
      )}`,
      `${copy.environmentHead}\n${table(Object.entries(copy.environment))}`,
      `${copy.exitHead}\n  ${copy.exit}\n`,
      `${copy.more}\n`,
    ].join('\n')
  }
  const rows = command.options.map((name): readonly [string, string] => {
    const { takes } = spec[name]
    return [`--${name}${takes === undefined ? '' : ` ${takes}`}`, copy.options[name] ?? '']
  })
  return [
    `${copy.usage}: rollcall ${command.usage} [--…]\n`,
    `${copy.commands[topic] ?? ''}\n`,
    `${copy.optionsHead}\n${table(rows)}`,
  ].join('\n')
}
