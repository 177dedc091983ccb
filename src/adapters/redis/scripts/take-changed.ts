import { type Script, serverTime } from './script'

/**
 * Keys: changed, taken. Arguments: base, limit, after how long what is not released comes again (ms).
 * What another notifier holds waits until that hold ends.
 */
export const takeChanged: Script = {
  name: 'rollcallTakeChanged',
  keys: 2,
  lua: `${serverTime}
local base, limit, returns = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]) * 1000
local given = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], '-inf', now, 'BYSCORE', 'LIMIT', 0, limit * 4)) do
  if #given == limit then break end
  local held = redis.call('PTTL', base .. 'hold:' .. id)
  -- What is no hash there is no operation's record: it must not hold the others up.
  local revision = redis.pcall('HGET', base .. 'operation:' .. id, 'revision')
  if type(revision) == 'table' then revision = false end
  if not revision then
    redis.call('ZREM', KEYS[1], id)
    redis.call('ZREM', KEYS[2], id)
  elseif held > 0 then
    redis.call('ZADD', KEYS[1], now + math.min(held * 1000, returns), id)
  else
    redis.call('ZADD', KEYS[1], now + returns, id)
    redis.call('ZADD', KEYS[2], revision, id)
    given[#given + 1] = id
  end
end
return given
`,
}
