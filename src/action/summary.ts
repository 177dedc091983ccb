import type { Copy } from '../cli/copy/copy'
import type { Operation } from '../cli/door/operation'
import { plain } from '../cli/show/plain'

/** Text from elsewhere in Markdown: nothing in it is a link, a tag or a column. */
const text = (outside: string): string =>
  plain(outside)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]()#+!|~>-]/g, '\\$&')

const marks: Readonly<Record<string, string>> = { done: '✅', failed: '❌', running: '⏳', pending: '·' }
const endingMarks: Readonly<Record<string, string>> = {
  succeeded: '✅',
  rolled_back: '↩️',
  failed_clean: '❌',
  needs_attention: '🚨',
  refused: '⛔',
  cancelled: '✋',
}

/** The page that GitHub shows of the step: what was asked, how it ended, what is left. */
export const summaryOf = (
  { copy, task }: { readonly copy: Copy; readonly task: string },
  title: string,
  operation: Operation | undefined,
  problem: string | undefined,
): string => {
  const lines = [`### ${text(title)}`, '']
  if (!operation) {
    if (problem !== undefined) lines.push(`⛔ ${text(problem)}`)
    return `${lines.join('\n')}\n\n`
  }
  const { id, ending, state, says, code, url, tasks, left, warnings } = operation
  const name = url === undefined || !/^https:\/\/[^\s()<>]+$/.test(url) ? `\`${id}\`` : `[\`${id}\`](${url})`
  const word =
    ending === undefined
      ? `⏳ ${text(copy.states[state] ?? state)}`
      : `${endingMarks[ending] ?? ''} ${text(copy.endings[ending] ?? ending)}`
  lines.push(`**${word}** · ${name}${code === undefined ? '' : ` · \`${code.replaceAll('`', '')}\``}`, '')
  if (says !== undefined) lines.push(text(says), '')
  for (const warning of warnings) lines.push(`- ${text(copy.warning(warning))}`)
  for (const one of left) lines.push(`- ${text(copy.left(one))}`)
  if (tasks.length > 0) {
    lines.push('', `| | ${task} | |`, '|---|---|---|')
    for (const one of tasks)
      lines.push(`| ${marks[one.state] ?? ''} | ${text(one.title)} | ${text(one.detail ?? '')} |`)
  }
  return `${lines.join('\n')}\n\n`
}
