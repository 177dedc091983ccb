import { deadlineCheck, type Script, serverTime } from './script'

/** Key: a hash. Arguments: field, value, deadline. Gives 1, or 0 when it came late. */
export const setField: Script = {
  name: 'rollcallSetField',
  keys: 1,
  lua: `${serverTime}${deadlineCheck}
if late(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
`,
}

/**
 * Key: a hash. Arguments: field, what was seen in it (empty: nothing), what is to be in it (empty: nothing), deadline.
 * Gives 1, 0 when something else was in it, or `late` when it came late.
 */
export const compareAndSetField: Script = {
  name: 'rollcallCompareAndSetField',
  keys: 1,
  lua: `${serverTime}${deadlineCheck}
if late(ARGV[4]) then return 'late' end
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1])
else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
return 1
`,
}

/** Key: a hash. Arguments: field, deadline. Gives what was removed, or nothing; `late` when it came late. */
export const clearField: Script = {
  name: 'rollcallClearField',
  keys: 1,
  lua: `${serverTime}${deadlineCheck}
if late(ARGV[2]) then return 'late' end
local value = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
return value
`,
}
