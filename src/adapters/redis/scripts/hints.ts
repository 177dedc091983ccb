import { type Script, serverTime } from './script'

/**
 * Keys: who follows each subject. Arguments: the operation, for how long (ms). Gives 1 where it followed all of them
 * already, else 0.
 */
export const follow = (subjects: number): Script => ({
  name: `rollcallFollow${subjects}`,
  keys: subjects,
  lua: `${serverTime}
local known = 1
for _, key in ipairs(KEYS) do
  local score = redis.call('ZSCORE', key, ARGV[1])
  if not score or tonumber(score) < now then known = 0 end
  redis.call('ZADD', key, now + tonumber(ARGV[2]) * 1000, ARGV[1])
  redis.call('PEXPIRE', key, ARGV[2])
end
return known
`,
})

/**
 * Key: who follows the subject. Arguments: what the names of operations' hints begin with, the clock's time, for how
 * long a hint is known (ms), how close two hints are to be one wake-up (clock ms). Gives the operations to wake.
 */
export const named: Script = {
  name: 'rollcallNamed',
  keys: 1,
  lua: `${serverTime}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local woken = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local key = ARGV[1] .. id
  local last = redis.call('GET', key)
  redis.call('SET', key, ARGV[2], 'PX', ARGV[3])
  if not last or math.abs(tonumber(ARGV[2]) - tonumber(last)) >= tonumber(ARGV[4]) then
    table.insert(woken, id)
  end
end
return woken
`,
}
