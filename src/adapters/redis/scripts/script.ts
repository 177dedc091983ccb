/** A Lua script and how many of its arguments are keys. It runs whole or not at all. */
export interface Script {
  readonly name: string
  readonly keys: number
  readonly lua: string
}

/** The server's time in microseconds, as `now`; one value in a run of a script. */
export const serverTime = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
`

/**
 * `late(deadline)`: whether a command arrived after its caller stopped waiting (milliseconds by the server's
 * clock; 0 is never), as those sent to a frozen server do once it thaws. What was refused must not happen then.
 */
export const deadlineCheck = `
local function late(deadline)
  return tonumber(deadline) > 0 and now > tonumber(deadline) * 1000
end
`

/** `tell(base, id)`: marks an operation as changed, and says so to the notifiers. */
export const notifyChange = `
local function tell(base, id)
  redis.call('ZADD', base .. 'changed', now, id)
  redis.call('PUBLISH', base .. 'news', id)
end
`

/** `attend(base, id)`: a tick has to look at the operation, even if nobody lives to wake it. */
export const markAttention = `
local function attend(base, id)
  redis.call('ZADD', base .. 'attention', now, id)
end
`

/**
 * The record grows in the write that it tells of, or not at all. A line is made outside, where there is SHA-256, upon the
 * head that was seen; `moved(base, entry)` is whether another line has come meanwhile, to be asked before anything is
 * written; `chain(base, entry)` appends, and trims what is too much, where
 * there is an archive only what is in it. An entry is the JSON of `Chained` (record.ts), or ''.
 */
export const chainRecord = `
local function moved(base, entry)
  if entry == '' then return false end
  return (redis.call('HGET', base .. 'record:head', 'hash') or '') ~= cjson.decode(entry).seen
end
local function chain(base, entry)
  if entry == '' then return end
  local line = cjson.decode(entry)
  redis.call('RPUSH', base .. 'record', line.line)
  redis.call('HSET', base .. 'record:head', 'hash', line.hash, 'sequence', line.sequence)
  local keep = tonumber(line.keep)
  local archived = redis.call('HGET', base .. 'record:head', 'archived')
  if archived then keep = math.max(keep, tonumber(line.sequence) - tonumber(archived)) end
  redis.call('LTRIM', base .. 'record', -keep, -1)
end
`

/** `snapshot(key)`: all that the journal holds of an operation, consistent; see records.ts. */
export const readSnapshot = `
local function snapshot(key)
  return {
    redis.call('HGETALL', key),
    redis.call('HVALS', key .. ':steps'),
    redis.call('LRANGE', key .. ':signals', 0, -1),
    redis.call('LRANGE', key .. ':notes', 0, -1)
  }
end
`
