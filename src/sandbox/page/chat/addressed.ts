import { app } from '../state/workspace'

/** A line with the app's name turned into a mention, as Slack does when one picks it from the list. */
export const mentioned = (line: string): string =>
  line.replace(new RegExp(`@${app.value.name}\\b`, 'i'), `<@${app.value.id}>`)

/** A reply in a thread speaks to the app: slash commands cannot be used there, mentions can. */
export const addressed = (line: string): string => {
  const bare = mentioned(line.replace(/^\/asg\b\s*/, ''))
  return bare.includes('<@') ? bare : `<@${app.value.id}> ${bare}`
}
