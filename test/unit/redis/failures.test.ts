import { reaching } from '../../../src/adapters/redis/connection/failures'
import { StoreUnavailable } from '../../../src/ports/failure'

const replied = (message: string) => Promise.reject(Object.assign(new Error(message), { name: 'ReplyError' }))

describe('an answer by which a store cannot serve now', () => {
  test.each([
    ["READONLY You can't write against a read only replica.", 'READONLY'],
    ["OOM command not allowed when used memory > 'maxmemory'. script: 3f, on @user_script:5.", 'OOM'],
    ['ERR Error running script (call to f_3fab): @user_script:9: -OOM command not allowed when …', 'OOM'],
    [
      'ERR Error running script (call to f_3fab): @user_script:9: @user_script: 9: -READONLY You can…',
      'READONLY',
    ],
    [
      'ERR Error running script (call to f_3fab): @user_script:2: -MISCONF Redis is configured to …',
      'MISCONF',
    ],
    ["NOPERM User rollcall has no permissions to run the 'hset' command", 'NOPERM'],
    [
      "ERR The user executing the script can't run this command or subcommand script: 3f, on @user_script:9.",
      'NOPERM',
    ],
    [
      "ERR The user executing the script can't access at least one of the keys mentioned in the command arguments",
      'NOPERM',
    ],
    ['ERR max number of clients reached', 'it takes no more clients'],
    ['ERR max number of clients + cluster connections reached', 'it takes no more clients'],
  ])('%s', async (message, why) => {
    const error = await reaching(replied(message)).catch((failure: unknown) => failure)
    expect(error).toBeInstanceOf(StoreUnavailable)
    expect(String(error)).toContain(why)
  })

  test.each([
    'WRONGTYPE Operation against a key',
    "ERR unknown command 'FOO'",
    'ERR the ROOMBUSY is not known',
  ])('another error stays what it is: %s', async (message) => {
    await expect(reaching(replied(message))).rejects.not.toBeInstanceOf(StoreUnavailable)
  })
})
