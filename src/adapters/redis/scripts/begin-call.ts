import { type Script, serverTime } from './script'

/**
 * Keys: the call, the changes of its machine by when they were begun. Arguments: the call as JSON, for how long it may
 * take (ms), its name among the changes, most changes, within how long (ms); 0 as most counts none. Gives `begun`;
 * `known` with what is known of the call; or `over` with how long to wait (ms).
 */
export const beginCall: Script = {
  name: 'rollcallBeginCall',
  keys: 2,
  lua: `${serverTime}
local known = redis.call('GET', KEYS[1])
if known then return {'known', known} end
local most = tonumber(ARGV[4])
if most > 0 then
  local window = tonumber(ARGV[5]) * 1000
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - window)
  local counted = redis.call('ZSCORE', KEYS[2], ARGV[3])
  if not counted and redis.call('ZCARD', KEYS[2]) >= most then
    local freed = redis.call('ZRANGE', KEYS[2], -most, -most, 'WITHSCORES')
    return {'over', math.ceil((tonumber(freed[2]) + window - now) / 1000)}
  end
  if not counted then redis.call('ZADD', KEYS[2], now, ARGV[3]) end
  redis.call('PEXPIRE', KEYS[2], ARGV[5])
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {'begun'}
`,
}
