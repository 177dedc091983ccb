import type { Script } from './script'

/** Key: a user group's members. Arguments: how long they are believed (ms), the users as a JSON list. */
export const rememberMembers: Script = {
  name: 'rollcallRememberMembers',
  keys: 1,
  lua: `
redis.call('DEL', KEYS[1])
for _, user in ipairs(cjson.decode(ARGV[2])) do redis.call('SADD', KEYS[1], user) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
`,
}
