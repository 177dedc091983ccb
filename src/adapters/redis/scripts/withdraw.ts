import type { Script } from './script'

/**
 * Keys: the delivery, the operation, unfinished, attention, changed, taken. Argument: id. Takes back a creation
 * whose answer was lost, and of which the person was told that it failed; not when a tick has begun, and not
 * when the same delivery came again and was told that it is recorded.
 */
export const withdraw: Script = {
  name: 'rollcallWithdraw',
  keys: 6,
  lua: `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if redis.call('HGET', KEYS[2], 'fence') ~= '0' or redis.call('HEXISTS', KEYS[2], 'repeated') == 1 then return 0 end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[2] .. ':signals', KEYS[2] .. ':said')
for index = 3, 6 do redis.call('ZREM', KEYS[index], ARGV[1]) end
return 1
`,
}
