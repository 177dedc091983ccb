import { resolve } from 'node:path'
import { readConfig } from '../../../../src/sandbox/config'
import { readCatalogue } from '../../../../src/config/catalogue'
import { hour, minute } from '../../../../src/domain/time/time'
import { closureAt } from '../../../../src/domain/windows/closures'
import { catalogue } from '../../../../src/sandbox/launcher/catalogue'

describe('the environment of the sandbox', () => {
  it('has defaults for everything, and a new token at each start', () => {
    const [one, two] = [readConfig({}), readConfig({})]
    expect(one).toMatchObject({
      config: {
        port: 7070,
        awsPort: 7071,
        lbPort: 7072,
        speed: 20,
        bot: true,
        mode: 'socket',
        slackLimits: false,
      },
    })
    expect('config' in one && 'config' in two && one.config.token !== two.config.token).toBe(true)
  })

  it('takes what is given, and an empty variable as not given', () => {
    const read = readConfig({
      SANDBOX_PORT: '0',
      SANDBOX_SPEED: '60',
      SANDBOX_BOT: 'off',
      SANDBOX_TOKEN: '',
      SANDBOX_CATALOGUE: 'mine.yaml',
    })
    expect(read).toMatchObject({
      config: { port: 0, lbPort: 0, speed: 60, bot: false, catalogue: resolve('mine.yaml') },
    })
    expect('config' in read && read.config.token.length).toBeGreaterThan(30)
  })

  it.each([
    ['SANDBOX_PORT', 'http'],
    ['SANDBOX_AWS_PORT', '70000'],
    ['SANDBOX_LB_PORT', '-1'],
    ['SANDBOX_SPEED', '0'],
    ['SANDBOX_TOKEN', 'with/slash'],
    ['SANDBOX_BOT', 'maybe'],
    ['SANDBOX_MODE', 'smoke'],
    ['SANDBOX_WEIGHTED', 'perhaps'],
    ['SANDBOX_CHECKS', 'perhaps'],
    ['REDIS_URL', 'http://localhost'],
  ])('says what is allowed in %s', (name, value) => {
    expect(readConfig({ [name]: value })).toEqual({
      mistakes: [expect.stringMatching(new RegExp(`^${name}=.*; allowed: `))],
    })
  })
})

it.each([false, true])('gives the bot a catalogue that it takes, with daily backups: %s', (backups) => {
  const read = readCatalogue(catalogue({ backups, token: 'token' }), 'rollcall.yaml')
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes))
  const web = read.value.services.get('web')
  expect(web?.image?.newest?.daily).toBe(backups ? '02:00' : undefined)
})

it('gives the bot the service whose colors shift by weight where it is asked for, and no other than the seed’s else', () => {
  const named = (weighted: boolean) => {
    const read = readCatalogue(catalogue({ backups: false, token: 'token', weighted }), 'rollcall.yaml')
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes))
    return [...read.value.services.values()].map(({ name, strategy }) => `${name} by ${strategy}`)
  }
  const unbuilt = ['lab by refresh', 'course by refresh']
  expect(named(false)).toEqual(['web by refresh', 'shop by blue-green', ...unbuilt])
  expect(named(true)).toEqual(['web by refresh', 'shop by blue-green', 'pay by canary', ...unbuilt])
})

it('has new versions of the services that stand checked where it is asked for', () => {
  const checked = (checks: boolean) => {
    const read = readCatalogue(
      catalogue({ backups: false, token: 'token', weighted: true, checks }),
      'rollcall.yaml',
    )
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes))
    return [...read.value.services.values()].filter((one) => one.checks).map(({ name }) => name)
  }
  expect(checked(false)).toEqual([])
  expect(checked(true)).toEqual(['web', 'shop', 'pay'])
})

it('closes a window for the first two hours where it is asked for', () => {
  const start = Date.parse('2026-11-29T18:42:30Z')
  const read = readCatalogue(
    catalogue({ backups: false, token: 'token', closedFrom: start }),
    'rollcall.yaml',
  )
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes))
  const closed = (at: number) => closureAt(read.value.windows ?? [], 'web', at)?.window
  expect([closed(start), closed(start + 90 * minute), closed(start + 2 * hour)]).toEqual([
    'quarter end',
    'quarter end',
    undefined,
  ])
  expect(closureAt(read.value.windows ?? [], 'lab', start)).toBeUndefined()
})
