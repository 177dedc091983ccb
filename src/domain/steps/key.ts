import { isTaskName, type TaskName } from './tasks'

/*
 * Keys as the journal holds them: the key of a step, with `return/` before it on the way back and `hold/` before that of
 * a pause. They are stored, so their text never changes. Nothing outside of this folder takes one apart.
 */

const wayBack = 'return/'
const paused = 'hold/'

/** The key under which a step is recorded on the way back. */
export const keyOnWayBack = (key: string): string => `${wayBack}${key}`
/** The key under which a pause is recorded that a procedure asks for. */
export const keyOfPause = (key: string): string => `${paused}${key}`

export const isOnWayBack = (key: string): boolean => key.startsWith(wayBack)
export const isPause = (key: string): boolean => key.startsWith(paused)

/** Whether a person is asked by it on the way back. */
export const isQuestionOnWayBack = (key: string): boolean => key.startsWith(`${paused}${wayBack}`)

/** The task that a stored key belongs to, as the message shows it; undefined for what is part of none. */
export const taskOf = (key: string): TaskName | undefined => {
  const [first] = key.split('/')
  return isTaskName(first) ? first : undefined
}

/** A stored key without what stands before the key of its step. */
export const ownKey = (key: string): string => {
  // A pause at a safe point is numbered alone; one that a procedure asks for has its own key behind it.
  const asked = /^hold\/.*\//.test(key) ? key.slice(paused.length) : key
  return isOnWayBack(asked) ? asked.slice(wayBack.length) : asked
}
