import { deadlineCheck, type Script, serverTime } from './script'

/**
 * Timers stand in a hash by id, and in a sorted set by when they are due (clock time).
 * Keys: the hash, the set. Arguments: id, timer, due, deadline. Gives 1, or 0 when it came late.
 */
export const setTimer: Script = {
  name: 'rollcallSetAppointment',
  keys: 2,
  lua: `${serverTime}${deadlineCheck}
if late(ARGV[4]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
return 1
`,
}

/**
 * Keys: the hash, the set. Arguments: id, the instant it must be due at (empty for any), deadline. Gives what was
 * removed, or nothing; `late` when it came late.
 */
export const removeTimer: Script = {
  name: 'rollcallStrikeAppointment',
  keys: 2,
  lua: `${serverTime}${deadlineCheck}
if late(ARGV[3]) then return 'late' end
local due = redis.call('ZSCORE', KEYS[2], ARGV[1])
if not due or (ARGV[2] ~= '' and tonumber(due) ~= tonumber(ARGV[2])) then return false end
local appointment = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
return appointment
`,
}

/** Keys: the hash, the set. Arguments: until when, how many at most. Gives those that are due, each with its id, the earliest first. */
export const dueTimers: Script = {
  name: 'rollcallDueAppointments',
  keys: 2,
  lua: `
local ids = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
if #ids == 0 then return {} end
local due = {}
for _, id in ipairs(ids) do due[#due + 1] = {id, redis.call('HGET', KEYS[1], id)} end
return due
`,
}
