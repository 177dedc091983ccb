import type { Script } from './script'

/**
 * Keys: the record, its head. Arguments: the numbers of the first and the last line that is wanted. Gives those that are
 * kept: by their numbers, so that what is appended or trimmed meanwhile moves none of them.
 */
export const recordLines: Script = {
  name: 'rollcallRecordLines',
  keys: 2,
  lua: `
local gone = tonumber(redis.call('HGET', KEYS[2], 'sequence') or 0) - redis.call('LLEN', KEYS[1])
local first, last = tonumber(ARGV[1]) - gone - 1, tonumber(ARGV[2]) - gone - 1
if last < 0 then return {} end
return redis.call('LRANGE', KEYS[1], math.max(0, first), last)
`,
}
