import type { Script } from './script'

/** Key: the hold. Arguments: holder, for how long (ms). Gives 1 when it is the holder's now. */
export const leasePost: Script = {
  name: 'rollcallHold',
  keys: 1,
  lua: `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`,
}
