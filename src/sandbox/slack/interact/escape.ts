import type { Workspace } from '../workspace/workspace'
import { findChannel, findUser } from '../workspace/find'

/**
 * A command's text as Slack sends it where the manifest says `should_escape`: @names, #channels and URLs in angle
 * brackets, the three control characters as entities (https://docs.slack.dev/interactivity/implementing-slash-commands).
 */
export function escapeText(workspace: Workspace, text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(^|\s)@([\w.-]+)/g, (whole, before: string, name: string) => {
      const group = [...workspace.groups.values()].find((one) => one.handle === name)
      if (group) return `${before}<!subteam^${group.id}|@${group.handle}>`
      const user = findUser(workspace, name)
      return user ? `${before}<@${user.id}|${user.name}>` : whole
    })
    .replace(/(^|\s)#([\w-]+)/g, (whole, before: string, name: string) => {
      const channel = findChannel(workspace, name)
      return channel ? `${before}<#${channel.id}|${channel.name}>` : whole
    })
    .replace(/(^|\s)(https?:\/\/\S+)/g, '$1<$2>')
}
