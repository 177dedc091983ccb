import { readLine } from '../../../src/cli/arguments/read'
import { commands, options } from '../../../src/cli/arguments/commands'
import { askForms } from '../../../src/commands/structured'
import { english } from '../../../src/cli/copy/copy.en'
import { korean } from '../../../src/cli/copy/copy.ko'
import { runLine } from '../../support/command-line'

const bodyOf = (line: string): unknown => {
  const read = readLine(line.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [])
  if (read.kind !== 'wish' || read.wish.kind !== 'change') return read
  const body: unknown = JSON.parse(JSON.stringify(read.wish.body))
  return body
}

test.each([
  ['deploy web v2', { action: 'deploy', service: 'web', version: 'v2' }],
  [
    'deploy web v2 --strategy canary --weights 10,50,100 --dry-run --reason "the login broke"',
    {
      action: 'deploy',
      service: 'web',
      version: 'v2',
      strategy: 'canary',
      weights: [10, 50, 100],
      dryRun: true,
      reason: 'the login broke',
    },
  ],
  [
    'update-image web --security-groups-by-id',
    { action: 'update-image', service: 'web', securityGroupsById: true },
  ],
  [
    'deploy web v2 --override "payments are down" --wait-for-window --from ami-0123456789abcdef0 --standby ignore',
    {
      action: 'deploy',
      service: 'web',
      version: 'v2',
      override: 'payments are down',
      waitForWindow: true,
      from: 'ami-0123456789abcdef0',
      standby: 'ignore',
    },
  ],
  ['rollback web web-k7f3q', { action: 'rollback', service: 'web', operation: 'web-k7f3q' }],
  ['scale web 4', { action: 'scale', service: 'web', desired: 4 }],
  ['scale web desired=6 max=8', { action: 'scale', service: 'web', desired: 6, max: 8 }],
  [
    'schedule web tomorrow 8pm for 3h --desired 10 --name "Christmas live"',
    { action: 'schedule', service: 'web', when: 'tomorrow 8pm for 3h', desired: 10, name: 'Christmas live' },
  ],
  ['cancel web', { action: 'cancel', service: 'web' }],
  ['cancel web-k7f3q', { action: 'cancel', operation: 'web-k7f3q' }],
  ['lock web "incident 42" --for 2h', { action: 'lock', service: 'web', reason: 'incident 42', for: '2h' }],
  ['lock * --reason "incident 42"', { action: 'lock', service: '*', reason: 'incident 42' }],
  ['unlock web', { action: 'unlock', service: 'web' }],
])('%s', (line, body) => {
  expect(bodyOf(line)).toEqual(body)
  // What the door understands.
  expect(askForms[body.action]?.safeParse(body)).toMatchObject({ success: true })
})

test.each([
  ['deplyo web v2', 'There is no command "deplyo". Did you mean "deploy"?'],
  ['deploy', 'service is missing.'],
  ['deploy web', 'version is missing.'],
  ['deploy web v2 v3', '"v3" is one word too many. A text of several words stands in quotes.'],
  ['deploy web v2 --wiat', 'There is no option --wiat here. Did you mean --wait?'],
  ['deploy web v2 --desired 4', 'There is no option --desired here.'],
  ['deploy web v2 --reason --wait', '--reason wants a value: "…".'],
  ['deploy web v2 --timeout 45m', '--timeout belongs to --wait.'],
  ['deploy web v2 --wait --timeout 45', '--timeout: "45" will not do. It takes <duration: 90s, 30m, 2h>.'],
  ['deploy web v2 --wait=no', '--wait takes no value.'],
  ['deploy WEB v2', 'service: "WEB" will not do. It takes web.'],
  [
    'deploy web v2 --token rc_1',
    'A token is never given in the line, where others on the machine can read it: set ROLLCALL_TOKEN.',
  ],
  ['scale web', 'count is missing.'],
  ['show web', 'operation: "web" will not do. It takes web-k7f3q.'],
])('%s is met with: %s', async (line, sentence) => {
  const { code, out, err } = await runLine(line.split(' '))
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err.split('\n')[0]).toBe(sentence)
})

test('every command and option is explained in both languages', async () => {
  for (const copy of [english, korean]) {
    expect(Object.keys(copy.commands).toSorted()).toEqual(Object.keys(commands).toSorted())
    expect(Object.keys(copy.options).toSorted()).toEqual(Object.keys(options).toSorted())
  }
  const { code, out } = await runLine(['help', 'deploy'], undefined, { environment: { LANG: 'ko_KR.UTF-8' } })
  expect(code).toBe(0)
  expect(out).toContain('--dry-run')
  expect(out).toContain('계획만 보여 주고 아무것도 바꾸지 않습니다')
})

test.each([
  [{}, 'ROLLCALL_URL is missing'],
  [{ ROLLCALL_URL: 'rollcall.example.com' }, 'is no address'],
  [{ ROLLCALL_URL: 'https://me:secret@rollcall.example.com' }, 'is no address'],
  [{ ROLLCALL_URL: 'https://rollcall.example.com' }, 'ROLLCALL_TOKEN is missing'],
  [{ ROLLCALL_URL: 'https://rollcall.example.com', ROLLCALL_TOKEN: 'rc_a\nrc_b' }, 'signs that no token has'],
])('an environment of %o is met with what is missing', async (environment, sentence) => {
  const { code, err } = await runLine(['status'], undefined, { environment })
  expect(code).toBe(2)
  expect(err).toContain(sentence)
  expect(err).not.toContain('secret')
})
