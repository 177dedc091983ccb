import type { Script } from './script'

/**
 * Key: the questions. Arguments: the question, how many may wait, how long they wait for a worker at most (ms).
 * Gives 1, or 0 when too many wait.
 */
export const enqueueRequest: Script = {
  name: 'rollcallEnqueueQuestion',
  keys: 1,
  lua: `
if redis.call('LLEN', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
`,
}
