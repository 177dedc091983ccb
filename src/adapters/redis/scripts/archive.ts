import type { Script } from './script'

/**
 * Keys: the record, its head. From now on nothing is trimmed but what is archived. Gives the number of the last line that is
 * archived, or that is not kept any more where none was before.
 */
export const beginArchive: Script = {
  name: 'rollcallBeginArchive',
  keys: 2,
  lua: `
local gone = tonumber(redis.call('HGET', KEYS[2], 'sequence') or 0) - redis.call('LLEN', KEYS[1])
redis.call('HSETNX', KEYS[2], 'archived', string.format('%d', gone))
return tonumber(redis.call('HGET', KEYS[2], 'archived'))
`,
}

/** Key: the head. Argument: the number of a line that is archived, with all before it. It never goes back. */
export const advanceArchive: Script = {
  name: 'rollcallAdvanceArchive',
  keys: 1,
  lua: `
local archived = redis.call('HGET', KEYS[1], 'archived')
if archived and tonumber(archived) < tonumber(ARGV[1]) then redis.call('HSET', KEYS[1], 'archived', ARGV[1]) end
return 1
`,
}
