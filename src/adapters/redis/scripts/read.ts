import { type Script, readSnapshot } from './script'

/** Key: the operation. Gives its snapshot, or nothing when there is none. */
export const read: Script = {
  name: 'rollcallRead',
  keys: 1,
  lua: `${readSnapshot}
if redis.call('EXISTS', KEYS[1]) == 0 then return false end
return snapshot(KEYS[1])
`,
}
