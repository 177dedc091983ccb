import { type Script, serverTime } from './script'

/**
 * An operation's wake-ups are counted in a hash: `seq` is the number of its newest job, `at` when it was last
 * woken or ticked (server's microseconds). A job of an older number has nothing to do while the newest lives.
 * It is forgotten a month after its last use, which is far beyond the longest delay of a job.
 */
const remembered = 30 * 24 * 3_600_000

/** Key: the wakes. Gives the number of the next job. */
export const countWake: Script = {
  name: 'rollcallCountWake',
  keys: 1,
  lua: `${serverTime}
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('HSET', KEYS[1], 'at', now)
redis.call('PEXPIRE', KEYS[1], ${remembered})
return seq
`,
}

/**
 * Keys: the wakes, the tick. Arguments: the job's number, what the operation's job keys begin with, token, how
 * long the tick is its own (ms). Gives `older` when a newer job lives, `busy` when another tick of the
 * operation runs, else `go`.
 */
export const beginTick: Script = {
  name: 'rollcallBeginTick',
  keys: 2,
  lua: `${serverTime}
local newest = redis.call('HGET', KEYS[1], 'seq')
if newest and tonumber(newest) > tonumber(ARGV[1]) and redis.call('EXISTS', ARGV[2] .. newest) == 1 then
  return 'older'
end
if not redis.call('SET', KEYS[2], ARGV[3], 'NX', 'PX', ARGV[4]) then return 'busy' end
redis.call('HSET', KEYS[1], 'at', now)
redis.call('PEXPIRE', KEYS[1], ${remembered})
return 'go'
`,
}

/** Key: the tick. Arguments: token, how long from now (ms). Gives 1 while it is still its own. */
export const prolongTick: Script = {
  name: 'rollcallProlongTick',
  keys: 1,
  lua: `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`,
}

/** Keys: the wakes, the tick. Arguments: token. */
export const endTick: Script = {
  name: 'rollcallEndTick',
  keys: 2,
  lua: `${serverTime}
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'at', now) end
return 1
`,
}

/**
 * Key: those that want attention. Arguments: for how long at least (ms), how many. Gives operations that
 * nobody has looked at; they are given again after as long.
 */
export const takeUnattended: Script = {
  name: 'rollcallTakeUnattended',
  keys: 1,
  lua: `${serverTime}
local ids = redis.call('ZRANGE', KEYS[1], '-inf', now - tonumber(ARGV[1]) * 1000, 'BYSCORE', 'LIMIT', 0, ARGV[2])
for _, id in ipairs(ids) do redis.call('ZADD', KEYS[1], now, id) end
return ids
`,
}
