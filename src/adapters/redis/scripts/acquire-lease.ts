import { announce } from './outbox'
import { type Script, readSnapshot, serverTime } from './script'

/**
 * Keys: the operation, those that want attention. Arguments: id, base. Raises the fence and gives the
 * snapshot, in which all is seen that was said before: nothing wants attention any more. That the operation was recorded is
 * told others now, at the latest: from here on it cannot be withdrawn.
 *
 * A fence is the server's milliseconds, and above the last one: a store that lost its newest writes, by a failover or a
 * restore, must not give out anew what a living worker still holds.
 */
export const acquireLease: Script = {
  name: 'rollcallTakePen',
  keys: 2,
  lua: `${serverTime}${readSnapshot}${announce}
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('ZREM', KEYS[2], ARGV[1])
  return false
end
local last = tonumber(redis.call('HGET', KEYS[1], 'fence')) or 0
redis.call('HSET', KEYS[1], 'fence', string.format('%.0f', math.max(last + 1, math.floor(now / 1000))))
redis.call('ZREM', KEYS[2], ARGV[1])
local untold = redis.call('HGET', KEYS[1], 'announce')
if untold then
  announce(ARGV[2], untold)
  redis.call('HDEL', KEYS[1], 'announce')
end
return snapshot(KEYS[1])
`,
}
