import { commands, type CommandHint } from '../state/workspace'

/** Lines worth trying, in the order a newcomer might. What they mean the bot itself explains. */
const lines: readonly [string, string][] = [
  ['/asg deploy web v2', 'Bake, version, replace, verify'],
  ['/asg deploy web v2 --strategy surge', 'Double the fleet, then shrink it'],
  ['/asg deploy web v2 --strategy replace', 'One instance at a time'],
  ['/asg deploy web v2 --dry-run', 'Show the plan, change nothing'],
  ['/asg status web', 'What is served, and what is under way'],
  ['/asg rollback web', 'Back to the version before'],
  ['/asg cancel web', 'Stop at the next safe point'],
  ['/asg lock web "incident 42" for 2h', 'Hold every change back'],
  ['/asg unlock web', 'Let changes through again'],
  ['/asg images web', 'Versions, and where each is used'],
  ['/asg update-image web', 'The newest image, for new instances'],
  ['/asg provision lab', 'Build a fleet from nothing'],
  ['/asg teardown lab', 'Take it down again'],
  ['/asg history web', 'What was done, by whom'],
  ['/asg help', 'All commands'],
]

const fallback: CommandHint = {
  command: '/asg',
  usage: 'deploy <service> <version>',
  description: 'Deploy, roll back and look after fleets',
}

export interface Suggestion {
  line: string
  about: string
}

const limit = 6

/** What may complete what is being typed: nothing unless it begins with a slash. */
export const suggest = (typed: string): Suggestion[] => {
  if (!typed.startsWith('/') || typed.includes('\n')) return []
  const registered = commands.value.length > 0 ? commands.value : [fallback]
  const known = registered
    .filter(({ command }) => command.startsWith(typed.trimEnd()) && !typed.includes(' '))
    .map(({ command, usage, description }) => ({ line: `${command} `, about: description || usage }))
  const tried = lines
    .filter(([line]) => line.startsWith(typed) && line !== typed)
    .map(([line, about]) => ({ line, about }))
  return [...known, ...tried].slice(0, limit)
}
