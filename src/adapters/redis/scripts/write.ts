import { announce } from './outbox'
import { chainRecord, markAttention, type Script, serverTime, notifyChange } from './script'

/**
 * Key: the operation; its service is in it, and the service's queue and history have the same hash tag.
 * Arguments: base, id, fence, ended operations to keep, the change as JSON (`Written` in journal.ts),
 * what the record tells of it or '', what others are to be told of it (`announce`) or ''. Gives `written`, the place in the queue and the next owner or ''; or `superseded`,
 * `ended`, `unknown`; `moved` where the record has grown meanwhile.
 */
export const write: Script = {
  name: 'rollcallWrite',
  keys: 1,
  lua: `${serverTime}${notifyChange}${markAttention}${chainRecord}${announce}
local base, id, keep = ARGV[1], ARGV[2], tonumber(ARGV[4])
local key = KEYS[1]
local fence = redis.call('HGET', key, 'fence')
if not fence then return {'unknown'} end
if fence ~= ARGV[3] then return {'superseded'} end
if redis.call('HEXISTS', key, 'ending') == 1 then return {'ended'} end
if moved(base, ARGV[6]) then return {'moved'} end

local change = cjson.decode(ARGV[5])
for field, value in pairs(change.fields) do redis.call('HSET', key, field, value) end
if change.step then redis.call('HSET', key .. ':steps', change.step.key, change.step.record) end
if change.note then redis.call('RPUSH', key .. ':notes', change.note) end

local service = redis.call('HGET', key, 'service')
local line = base .. 'line:' .. service
local owned = redis.call('LINDEX', line, 0) == id
if change.join and not redis.call('LPOS', line, id) then redis.call('RPUSH', line, id) end
if change.leave or change.ends then redis.call('LREM', line, 0, id) end
local place = redis.call('LPOS', line, id) or -1
local first = ''
if owned and place == -1 then first = redis.call('LINDEX', line, 0) or '' end
if first ~= '' then attend(base, first) end

redis.call('HINCRBY', key, 'revision', 1)
tell(base, id)
chain(base, ARGV[6])
announce(base, ARGV[7])
if change.ends then
  local order = redis.call('INCR', base .. 'endings')
  local own = base .. 'history:' .. service
  redis.call('ZREM', base .. 'unfinished', id)
  redis.call('ZREM', base .. 'attention', id)
  redis.call('ZADD', base .. 'history', order, id)
  redis.call('ZADD', own, order, id)
  for _, old in ipairs(redis.call('ZRANGE', own, 0, -1 - keep)) do
    local gone = base .. 'operation:' .. old
    redis.call('ZREM', own, old)
    redis.call('ZREM', base .. 'history', old)
    redis.call('ZREM', base .. 'changed', old)
    redis.call('ZREM', base .. 'taken', old)
    redis.call('DEL', gone, gone .. ':steps', gone .. ':signals', gone .. ':said', gone .. ':notes',
      base .. 'post:' .. old, base .. 'hold:' .. old)
  end
end
return {'written', place, first}
`,
}
