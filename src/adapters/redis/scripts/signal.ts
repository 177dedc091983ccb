import { chainRecord, markAttention, deadlineCheck, type Script, serverTime, notifyChange } from './script'

/**
 * Key: the operation. Arguments: base, id, the signal's id, the signal, deadline, what the record
 * tells of it. Gives `recorded`, `already`, `ended`, `unknown`, `late`, or `moved` where the record has grown meanwhile.
 */
export const signal: Script = {
  name: 'rollcallSignal',
  keys: 1,
  lua: `${serverTime}${deadlineCheck}${notifyChange}${markAttention}${chainRecord}
local base, id, key = ARGV[1], ARGV[2], KEYS[1]
if redis.call('EXISTS', key) == 0 then return 'unknown' end
if redis.call('SISMEMBER', key .. ':said', ARGV[3]) == 1 then return 'already' end
if redis.call('HEXISTS', key, 'ending') == 1 then return 'ended' end
if late(ARGV[5]) then return 'late' end
if moved(base, ARGV[6]) then return 'moved' end
chain(base, ARGV[6])
redis.call('SADD', key .. ':said', ARGV[3])
redis.call('RPUSH', key .. ':signals', ARGV[4])
redis.call('HINCRBY', key, 'revision', 1)
attend(base, id)
tell(base, id)
return 'recorded'
`,
}
