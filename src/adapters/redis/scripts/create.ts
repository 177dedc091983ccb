import { markAttention, deadlineCheck, type Script, serverTime, notifyChange } from './script'

/**
 * Keys: the delivery, the operation. Arguments: base, id, service, record version, head, how long the delivery
 * is remembered (ms), deadline,
 * what others are to be told of once a tick has begun (`announce`) or ''. Gives `created` or `known` with the id, `taken`, or `late`.
 */
export const create: Script = {
  name: 'rollcallCreate',
  keys: 2,
  lua: `${serverTime}${deadlineCheck}${notifyChange}${markAttention}
local base, id, service, version, head = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local known = redis.call('GET', KEYS[1])
if known then
  -- What the history keeps no longer must not come back as a record of nothing.
  if redis.call('EXISTS', base .. 'operation:' .. known) == 1 then
    redis.call('HSET', base .. 'operation:' .. known, 'repeated', 1)
  end
  return {'known', known}
end
if late(ARGV[7]) then return {'late'} end
if redis.call('EXISTS', KEYS[2]) == 1 then return {'taken'} end
redis.call('HSET', KEYS[2], 'version', version, 'service', service, 'head', head,
  'phase', 'planning', 'fence', 0, 'revision', 0)
-- Until then it may be withdrawn, and must not have been told.
if ARGV[8] ~= '' then redis.call('HSET', KEYS[2], 'announce', ARGV[8]) end
redis.call('SET', KEYS[1], id, 'PX', ARGV[6])
redis.call('ZADD', base .. 'unfinished', now, id)
attend(base, id)
tell(base, id)
return {'created', id}
`,
}
