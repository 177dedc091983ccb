import type { Voice } from './language'

/** A line of chat as people type it, whether or not it names the slash command already. */
export const typed = (line: string, { command = '/asg' }: Pick<Voice, 'command'>): string =>
  line.startsWith('/') ? line : `${command} ${line}`.trimEnd()
