import type { Copy } from '../copy/copy'
import type { Operation } from '../door/operation'

/** Where an operation stands, on one line: what it is at, or what it says where it is at nothing yet. */
export const progressOf = (copy: Copy, operation: Operation): string => {
  const { id, state, ending, says, tasks } = operation
  if (ending !== undefined) return resultOf(copy, operation)
  const at = tasks.findIndex((task) => task.state === 'running')
  const task = tasks[at]
  const what = task
    ? `${at + 1}/${tasks.length} ${task.title}${task.detail === undefined ? '' : `: ${task.detail}`}`
    : says
  return joined([`${id} ${copy.states[state] ?? state}`, what])
}

/** How an operation ended, on one line, with the reason's code for who looks it up. */
export const resultOf = (copy: Copy, { id, ending = '', says, code }: Operation): string => {
  const word = Object.hasOwn(copy.endings, ending) ? (copy.endings[ending] ?? ending) : ending
  return `${joined([`${id} ${word}`, says])}${code === undefined ? '' : ` (${code})`}`
}

const joined = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' · ')
