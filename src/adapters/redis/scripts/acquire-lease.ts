import { type Script, readSnapshot } from './script'

/**
 * Keys: the operation, those that want attention. Argument: id. Raises the fence and gives the snapshot, in
 * which all is seen that was said before: nothing wants attention any more.
 */
export const acquireLease: Script = {
  name: 'rollcallTakePen',
  keys: 2,
  lua: `${readSnapshot}
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('ZREM', KEYS[2], ARGV[1])
  return false
end
redis.call('HINCRBY', KEYS[1], 'fence', 1)
redis.call('ZREM', KEYS[2], ARGV[1])
return snapshot(KEYS[1])
`,
}
