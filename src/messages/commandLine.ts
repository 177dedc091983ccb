/** The slash command that people type. */
export const slash = '/asg'

/** A line of chat as people type it, whether or not it names the command already. */
export const typed = (line: string): string => (line.startsWith('/') ? line : `${slash} ${line}`.trimEnd())
