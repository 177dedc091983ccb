import { actions } from '../access/action'
import { strategies } from '../catalogue/strategy'

/** What people say of times and versions, and other names of commands: none of it is likely to be a version's name. */
const said =
  'now today tonight tomorrow yesterday soon later again morning noon evening night midnight ' +
  'monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun ' +
  'latest newest new current previous last old back next this that it please ' +
  'ship rollout revert undo abort stop start restart confirm yes no ok force reason why service version'

const words: ReadonlySet<string> = new Set([...actions, ...strategies, ...said.split(' ')])

/** Whether a version reads like a word that was meant for something else. */
export const readsLikeWord = (version: string): boolean => words.has(version.toLowerCase())
