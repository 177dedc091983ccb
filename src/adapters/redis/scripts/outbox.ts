import { chainRecord, type Script } from './script'

/**
 * The outbox. A webhook's lane is, under `outbox:lane:<name>:`, `events` (a hash: number to JSON), the numbers of those
 * that are `waiting` in line (by number), that stand `aside` until they are tried again (by when), and that are `dead` (by
 * since when); `attempts` (a hash: number to JSON), `state` (a hash), `recent` (a list of attempts) and `sender` (who may
 * send). `outbox:due` has the lanes by when they are to be looked at (clock time). A lane that nobody writes to is forgotten
 * after a month, which is far beyond what an event is kept.
 */
const remembered = 30 * 24 * 3_600_000
/** Events of one webhook that wait, and that are kept for people: some tens of megabytes at the most. */
const most = 10_000
/** Attempts that are listed. */
const listed = 100

const laneParts = ['events', 'waiting', 'aside', 'dead', 'attempts', 'state', 'recent']

const keep = `
local function keep(lane)
  for _, part in ipairs({${laneParts.map((part) => `'${part}'`).join(', ')}}) do
    redis.call('PEXPIRE', lane .. part, ${remembered})
  end
end
local function forget(lane, sequence)
  redis.call('HDEL', lane .. 'events', sequence)
  redis.call('HDEL', lane .. 'attempts', sequence)
end
local function bury(lane, sequence, at)
  redis.call('ZREM', lane .. 'waiting', sequence)
  redis.call('ZREM', lane .. 'aside', sequence)
  redis.call('ZADD', lane .. 'dead', at, sequence)
  local over = redis.call('ZCARD', lane .. 'dead') - ${most}
  if over > 0 then
    for _, old in ipairs(redis.call('ZRANGE', lane .. 'dead', 0, over - 1)) do
      redis.call('ZREM', lane .. 'dead', old)
      forget(lane, old)
      redis.call('HINCRBY', lane .. 'state', 'dropped', 1)
    end
  end
end
`

/**
 * `announce(base, text)`: puts events into the outboxes of those who want them. The text is JSON, \`{event, at, to}\` each,
 * or ''. Numbers are the server's milliseconds, and above the last one: a store that lost its newest writes must not give
 * out anew by what receivers know an event again.
 */
export const announce = `${keep}
local function announce(base, text)
  if not text or text == '' then return end
  for _, entry in ipairs(cjson.decode(text)) do
    local last = tonumber(redis.call('GET', base .. 'outbox:sequence')) or 0
    local sequence = string.format('%.0f', math.max(last + 1, math.floor(now / 1000)))
    redis.call('SET', base .. 'outbox:sequence', sequence)
    for _, webhook in ipairs(entry.to) do
      local lane = base .. 'outbox:lane:' .. webhook .. ':'
      redis.call('HSET', lane .. 'events', sequence, entry.event)
      redis.call('ZADD', lane .. 'waiting', sequence, sequence)
      local over = redis.call('ZCARD', lane .. 'waiting') - ${most}
      if over > 0 then
        for _, old in ipairs(redis.call('ZRANGE', lane .. 'waiting', 0, over - 1)) do bury(lane, old, entry.at) end
      end
      keep(lane)
      redis.call('ZADD', base .. 'outbox:due', 0, webhook)
    end
  end
end
`

/** Key: who sends. Arguments: holder, for how long (ms). Gives 1 when it is the holder's now. */
export const acquireLane: Script = {
  name: 'rollcallAcquireLane',
  keys: 1,
  lua: `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`,
}

/** Keys: who sends, the lanes that are due. Arguments: holder, the lane's base, the webhook, when it is due or ''. */
export const releaseLane: Script = {
  name: 'rollcallReleaseLane',
  keys: 2,
  lua: `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
local lane, webhook, due = ARGV[2], ARGV[3], ARGV[4]
local blocked = redis.call('HEXISTS', lane .. 'state', 'until') == 1
-- One that came since the last look must not wait for those that stand aside.
if not blocked and redis.call('ZCARD', lane .. 'waiting') > 0 then redis.call('ZADD', KEYS[2], 0, webhook)
elseif due == '' then redis.call('ZREM', KEYS[2], webhook)
else redis.call('ZADD', KEYS[2], due, webhook) end
return 1
`,
}

/**
 * Key: the lane's state. Arguments: the lane's base, the clock's time. Gives the state, the first in line, the first that
 * stands aside no longer, when the next does so; each event with its number and its attempts.
 */
export const readLane: Script = {
  name: 'rollcallReadLane',
  keys: 1,
  lua: `
local lane, now = ARGV[1], ARGV[2]
local function whole(sequence)
  if not sequence then return {} end
  return {sequence, redis.call('HGET', lane .. 'events', sequence) or '', redis.call('HGET', lane .. 'attempts', sequence) or ''}
end
local first = redis.call('ZRANGE', lane .. 'waiting', 0, 0)[1]
local again = redis.call('ZRANGEBYSCORE', lane .. 'aside', '-inf', now, 'LIMIT', 0, 1)[1]
local at = redis.call('ZRANGE', lane .. 'aside', 0, 0, 'WITHSCORES')[2] or ''
return {redis.call('HGETALL', KEYS[1]), whole(first), whole(again), at}
`,
}

/**
 * Keys: who sends, the lane's state. Arguments: holder, the lane's base, what came of it as JSON (\`Settlement\` in
 * records/outbox.ts), since when the dead are forgotten. Gives how many are dead of it, or -1 where another may send.
 */
export const settleLane: Script = {
  name: 'rollcallSettleLane',
  keys: 2,
  lua: `${keep}
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
local lane, change = ARGV[2], cjson.decode(ARGV[3])
if change.delivered then
  redis.call('ZREM', lane .. 'waiting', change.delivered)
  redis.call('ZREM', lane .. 'aside', change.delivered)
  forget(lane, change.delivered)
end
if change.attempt then redis.call('HSET', lane .. 'attempts', change.attempt.sequence, change.attempt.record) end
if change.aside then
  redis.call('ZREM', lane .. 'waiting', change.aside.sequence)
  redis.call('ZADD', lane .. 'aside', change.aside['until'], change.aside.sequence)
end
local dead = {}
if change.dead == 'all' then
  for _, part in ipairs({'waiting', 'aside'}) do
    for _, sequence in ipairs(redis.call('ZRANGE', lane .. part, 0, -1)) do dead[#dead + 1] = sequence end
  end
elseif change.dead == 'old' then
  for _, sequence in ipairs(redis.call('ZRANGE', lane .. 'waiting', 0, -1)) do
    local event = redis.call('HGET', lane .. 'events', sequence)
    -- What cannot be read is set aside when it is its turn.
    local fine, known = pcall(cjson.decode, event or '')
    fine = fine and type(known) == 'table' and type(known.at) == 'number'
    if fine and known.at > tonumber(change.before) then break end
    if fine then dead[#dead + 1] = sequence end
  end
elseif change.dead then dead[1] = change.dead end
for _, sequence in ipairs(dead) do bury(lane, sequence, change.at) end
for _, field in ipairs({'failures', 'since', 'until', 'off'}) do
  local value = change.state[field]
  if value then redis.call('HSET', KEYS[2], field, value) else redis.call('HDEL', KEYS[2], field) end
end
if change.recent then
  redis.call('LPUSH', lane .. 'recent', change.recent)
  redis.call('LTRIM', lane .. 'recent', 0, ${listed - 1})
end
for _, old in ipairs(redis.call('ZRANGEBYSCORE', lane .. 'dead', '-inf', '(' .. ARGV[4])) do
  redis.call('ZREM', lane .. 'dead', old)
  forget(lane, old)
end
keep(lane)
return #dead
`,
}

/** Key: the lane's state. Argument: the lane's base. Gives how many wait, how many are dead, the oldest that waits, how many were dropped. */
export const laneSize: Script = {
  name: 'rollcallLaneSize',
  keys: 1,
  lua: `
local lane = ARGV[1]
local oldest = ''
for _, part in ipairs({'waiting', 'aside'}) do
  for _, sequence in ipairs(redis.call('ZRANGE', lane .. part, 0, part == 'waiting' and 0 or -1)) do
    if oldest == '' or tonumber(sequence) < tonumber(oldest) then oldest = sequence end
  end
end
return {
  redis.call('ZCARD', lane .. 'waiting') + redis.call('ZCARD', lane .. 'aside'),
  redis.call('ZCARD', lane .. 'dead'),
  oldest == '' and '' or redis.call('HGET', lane .. 'events', oldest) or '',
  redis.call('HGET', KEYS[1], 'dropped') or '0'
}
`,
}

/** Key: the lane's state. Arguments: the lane's base, how many. Gives the dead, each with its number and its attempts. */
export const deadInLane: Script = {
  name: 'rollcallDeadInLane',
  keys: 1,
  lua: `
local lane = ARGV[1]
local found = {}
for _, sequence in ipairs(redis.call('ZRANGE', lane .. 'dead', 0, -1)) do
  if #found < tonumber(ARGV[2]) then
    found[#found + 1] = {sequence, redis.call('HGET', lane .. 'events', sequence) or '', redis.call('HGET', lane .. 'attempts', sequence) or ''}
  end
end
return found
`,
}

/**
 * Key: the lane's state. Arguments: the lane's base, the number of an event that cannot be read. It is taken out of the
 * lane, so that it holds up no other, and kept beside it as it is.
 */
export const setEventAside: Script = {
  name: 'rollcallSetEventAside',
  keys: 1,
  lua: `${keep}
local lane, sequence = ARGV[1], ARGV[2]
redis.call('HSET', lane .. 'unreadable', sequence, redis.call('HGET', lane .. 'events', sequence) or '')
redis.call('PEXPIRE', lane .. 'unreadable', ${remembered})
for _, part in ipairs({'waiting', 'aside', 'dead'}) do redis.call('ZREM', lane .. part, sequence) end
forget(lane, sequence)
return 1
`,
}

/** Keys: the notices, those that cannot be read. Argument: one of them as it is. It is put among those. */
export const setNoticeAside: Script = {
  name: 'rollcallSetNoticeAside',
  keys: 2,
  lua: `
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
redis.call('RPUSH', KEYS[2], ARGV[1])
redis.call('LTRIM', KEYS[2], -${listed}, -1)
return 1
`,
}

/**
 * Keys: the lane's state, the lanes that are due. Arguments: the lane's base, the webhook, base, what the record tells of it.
 * Gives how many are in line again, or `moved` where the record has grown meanwhile.
 */
export const replayLane: Script = {
  name: 'rollcallReplayLane',
  keys: 2,
  lua: `${keep}${chainRecord}
local lane, base, entry = ARGV[1], ARGV[3], ARGV[4]
if moved(base, entry) then return 'moved' end
chain(base, entry)
local again = 0
for _, part in ipairs({'dead', 'aside'}) do
  for _, sequence in ipairs(redis.call('ZRANGE', lane .. part, 0, -1)) do
    redis.call('ZREM', lane .. part, sequence)
    redis.call('ZADD', lane .. 'waiting', sequence, sequence)
    redis.call('HDEL', lane .. 'attempts', sequence)
    if part == 'dead' then again = again + 1 end
  end
end
redis.call('HDEL', KEYS[1], 'failures', 'since', 'until', 'off')
keep(lane)
redis.call('ZADD', KEYS[2], 0, ARGV[2])
return again
`,
}
