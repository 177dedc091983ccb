import type { Locale } from '../locale'

/** A line of chat as people type it, whether or not it names the slash command already. */
export const slashCommandText = (
  commandText: string,
  { command = '/asg' }: Pick<Locale, 'command'>,
): string => (commandText.startsWith('/') ? commandText : `${command} ${commandText}`.trimEnd())
