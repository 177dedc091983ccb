import * as fc from 'fast-check'
import type { ParseError } from '../../../src/domain/interaction/command'
import type { Reason } from '../../../src/domain/reasons/reason'
import { minute } from '../../../src/domain/time/time'
import type { Locale } from '../../../src/messages/locale'
import { parseErrorMessage, parseErrors } from '../../../src/messages/parse-error'
import { reasonRow, reasonRows, sentences } from '../../../src/messages/reasons/reasons'
import { refusalMessage } from '../../../src/messages/refusal'
import { mrkdwn } from '../../../src/messages/text/render'
import { anyReason, anyVoice } from '../../support/any-operation'
import { faultsOf } from '../../support/block-kit'
import { onScreen } from '../../support/on-screen'
import { start } from '../../support/web-deploy'
import type { ReasonCode } from '../../../src/domain/reasons/reason-facts'
import { parseLine } from '../../../src/commands/parse'
import { services } from '../commands/catalogue'

const codes = (Object.keys(sentences) as ReasonCode[]).toSorted()
const voice = (language: Locale['language']): Locale => ({ language, timezone: 'Asia/Seoul', now: start })
const languages = ['en', 'ko'] as const

/** Facts of every kind at once: each sentence takes those that it knows. */
const everything: Reason['facts'] = {
  action: 'deploy',
  after: 20 * minute,
  alarms: ['shop-errors', 'shop-latency'],
  aws: 'AWS’s own words.',
  awsCode: 'ValidationError',
  at: start,
  because: 'Target.Timeout',
  by: 'U0BOB',
  changed: ['in'],
  check: 'errors',
  choices: ['08:00', '20:00'],
  code: 'capacity_short',
  count: 2,
  current: { min: 2, desired: 3, max: 5 },
  desired: 3,
  doubt: 'few_requests',
  error: 'TypeError',
  errors: 61_420,
  event: 'web-k7f3q',
  events: ['web-k7f3q', 'web-k8c2d'],
  everyone: false,
  expected: 'Web',
  from: 1,
  gone: ['out'],
  given: 1,
  group: 'Web-ASG',
  groups: ['S0OPS'],
  healthy: 1,
  image: 'ami-2',
  images: ['Web Server v2 (ami-2)'],
  instance: 'i-1',
  instances: ['i-1', 'i-2'],
  is: 3,
  known: ['web', 'shop'],
  latency: 218,
  lead: 6 * minute,
  least: 100,
  left: 3,
  max: 4,
  min: 2,
  minimum: 2,
  most: 125,
  name: 'Web Server v2',
  names: ['approvers'],
  need: 4,
  needed: 5,
  oldLatency: 212,
  oldShare: 0.0012,
  drain: 20,
  idle: 60,
  permissions: ['cloudwatch:GetMetricData'],
  operation: 'web-k7f3q',
  percent: 50,
  percentile: 99,
  phase: 'running',
  processes: ['Launch'],
  quota: 32,
  refresh: 'refresh-1',
  requests: 1_204_331,
  resources: ['Web-ALB', 'Web-TG'],
  region: 'ap-northeast-2',
  route: 'pay-ALB:80',
  routes: ['pay-ALB:80: pay-blue-TG 50, pay-green-TG 50'],
  restores: { min: 2, desired: 2, max: 4 },
  service: 'web',
  share: 0.051,
  since: start,
  source: 'Name=ASG-Web-Instance',
  state: 'terminated',
  status: 'Failed',
  step: 'fleet/refresh',
  strategy: 'blue-green',
  supported: ['refresh'],
  targetGroup: 'Web-TG',
  targetGroups: ['Web-TG'],
  template: 'Web',
  until: start + 60 * minute,
  text: 'tomorrow 8',
  took: 9 * minute,
  type: 't3.micro',
  users: ['U0BOB'],
  version: 'v2',
  versions: ['1'],
  wanted: 2,
  was: 2,
  what: 'fleet',
  why: 'incident 42',
  zone: 'Asia/Seoul',
}

describe.each(languages)('every reason, in %s', (language) => {
  test('says what happened and what to do', () => {
    const told = codes.map(
      (code) => `${code}\n${mrkdwn(reasonRows({ code, facts: everything }, voice(language)))}`,
    )
    expect(told.join('\n\n')).toMatchSnapshot()
  })

  test('reads as a sentence when nothing more is known', () => {
    const told = codes.map((code) => `${code}\n${mrkdwn(reasonRows({ code, facts: {} }, voice(language)))}`)
    expect(told.join('\n\n')).toMatchSnapshot()
  })
})

test('the two languages never say the same', () => {
  const same = codes.filter((code) => {
    const [en, ko] = languages.map((language) =>
      mrkdwn(reasonRow({ code, facts: everything }, voice(language))),
    )
    return en === ko
  })
  expect(same).toEqual([])
})

test('Korean is polite in one way, to its last sentence', () => {
  const todo = codes.map((code) => mrkdwn(reasonRows({ code, facts: everything }, voice('ko'))))
  expect(todo.filter((said) => /(?:해요|세요|어요|아요|이에요|예요)[.!?]/.test(said))).toEqual([])
})

test('a reason of a newer version is told by its code', () => {
  const unknown = { code: 'of_tomorrow' as ReasonCode, facts: {} }
  expect(mrkdwn(reasonRow(unknown, voice('en')))).toContain('of_tomorrow')
})

test('whatever the facts, a refusal is one that Slack takes and that leaks nothing', () => {
  fc.assert(
    fc.property(anyReason, anyVoice, (why, reader) =>
      expect(faultsOf(refusalMessage(why, reader))).toEqual([]),
    ),
    { numRuns: 500 },
  )
})

const wrong: readonly ParseError[] = [
  { code: 'unknown_command', word: 'deplyo', nearest: 'deploy' },
  { code: 'unknown_service', word: 'wbe', nearest: 'web', known: ['web', 'shop'] },
  { code: 'unknown_option', word: '--forse', known: ['--dry-run', '--reason'] },
  { code: 'bad_value', option: '--strategy', value: 'fast', allowed: 'refresh, replace, surge' },
  { code: 'weights_unfit', service: 'shop', strategy: 'blue-green' },
  { code: 'missing_value', option: '--reason', allowed: '"…"' },
  { code: 'missing_argument', argument: 'service' },
  { code: 'too_many_words', word: 'please' },
  { code: 'open_quote' },
  {
    code: 'ambiguous_command',
    word: 'refresh',
    service: 'web',
    choices: [
      { name: 'roll', line: 'roll web --dry-run' },
      { name: 'update-image', line: 'update-image web --dry-run' },
    ],
  },
]

describe.each(languages)('a line that was not understood, in %s', (language) => {
  test.each(wrong)('because of $code', (misunderstanding) => {
    const message = parseErrorMessage({
      ...voice(language),
      parseError: misunderstanding,
      suggestion: 'deploy web v2',
      usage: 'deploy <service> <version>',
    })
    expect(faultsOf(message)).toEqual([])
    expect(onScreen(message)).toMatchSnapshot()
  })
})

test('every misunderstanding has its words in both languages', () => {
  expect(Object.keys(parseErrors).toSorted()).toEqual(wrong.map(({ code }) => code).toSorted())
})

test('refresh may mean two things: it is asked back, and each button runs the line that it names', () => {
  const asked = parseLine('refresh web --dry-run', services)
  if (asked.ok) throw new Error('refresh was guessed')
  const { blocks } = parseErrorMessage({ ...voice('en'), parseError: asked.parseError })
  const [roll, update] = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []))
  expect(roll).toMatchObject({
    text: { text: 'Roll web' },
    value: JSON.stringify({ line: 'roll web --dry-run' }),
  })
  expect(update).toMatchObject({
    text: { text: "Update web's image" },
    value: JSON.stringify({ line: 'update-image web --dry-run' }),
  })
})

test('the button of a misunderstanding runs the line that was meant', () => {
  const { blocks } = parseErrorMessage({
    ...voice('en'),
    parseError: { code: 'unknown_command', word: 'deplyo', nearest: 'deploy' },
    suggestion: 'deploy web v2',
  })
  const [first] = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []))
  expect(first).toMatchObject({
    action_id: 'run_command',
    text: { text: 'Run /asg deploy web v2' },
    value: JSON.stringify({ line: 'deploy web v2' }),
  })
})

test.each(languages)(
  'a launch template that may not be used is told as the three rights that it stands for, in %s',
  (language) => {
    const aws = 'You are not authorized to use launch template: lt-0123'
    const told = (words: string) =>
      mrkdwn(
        reasonRow(
          {
            code: 'aws_refused',
            facts: { action: 'StartInstanceRefresh', awsCode: 'AccessDenied', aws: words },
          },
          voice(language),
        ),
      )
    for (const right of ['ec2:RunInstances', 'ec2:CreateTags', 'iam:PassRole']) {
      expect(told(aws)).toContain(right)
      expect(told('no')).not.toContain(right)
    }
  },
)
