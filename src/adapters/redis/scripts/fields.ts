import { announce } from './outbox'
import { chainRecord, deadlineCheck, type Script, serverTime } from './script'

/**
 * Key: a hash. Arguments: field, value, deadline; and, where the record tells of it, base and the entry, and
 * what others are to be told of it (`announce`). Gives 1, 0 when it came late, or `moved` where the record has grown meanwhile.
 */
export const setField: Script = {
  name: 'rollcallSetField',
  keys: 1,
  lua: `${serverTime}${deadlineCheck}${chainRecord}${announce}
if late(ARGV[3]) then return 0 end
local base, entry = ARGV[4] or '', ARGV[5] or ''
if moved(base, entry) then return 'moved' end
chain(base, entry)
announce(base, ARGV[6])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
`,
}

/**
 * Key: a hash. Arguments: field, what was seen in it (empty: nothing), what is to be in it (empty: nothing), deadline,
 * base, what the record tells of it, what others are to be told of it (`announce`). Gives 1, 0 when something else was in it, `late` when it came late, or `moved` where the
 * record has grown meanwhile.
 */
export const compareAndSetField: Script = {
  name: 'rollcallCompareAndSetField',
  keys: 1,
  lua: `${serverTime}${deadlineCheck}${chainRecord}${announce}
if late(ARGV[4]) then return 'late' end
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
if moved(ARGV[5], ARGV[6]) then return 'moved' end
chain(ARGV[5], ARGV[6])
announce(ARGV[5], ARGV[7])
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
