import { type Script, serverTime, notifyChange } from './script'

/**
 * Keys: the hold, changed, taken, the operation. Arguments: base, id, holder, after how long it shall be
 * given again (ms) or ''.
 */
export const release: Script = {
  name: 'rollcallRelease',
  keys: 4,
  lua: `${serverTime}${notifyChange}
local id, again = ARGV[2], ARGV[4]
if redis.call('GET', KEYS[1]) ~= ARGV[3] then return 0 end
redis.call('DEL', KEYS[1])
local revision = redis.call('HGET', KEYS[4], 'revision')
if not revision then return 1 end
if again ~= '' then
  redis.call('ZADD', KEYS[2], now + tonumber(again) * 1000, id)
elseif redis.call('ZSCORE', KEYS[2], id) then
  if redis.call('ZSCORE', KEYS[3], id) == revision then
    redis.call('ZREM', KEYS[2], id)
    redis.call('ZREM', KEYS[3], id)
  else
    tell(ARGV[1], id)
  end
end
return 1
`,
}
