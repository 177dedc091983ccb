import type { AwsCall } from '../../../src/adapters/aws/client/client'
import { awsOutages } from '../../../src/roles/aws-outages'
import { VirtualTime } from '../../support/virtual-time'

interface Line {
  readonly level: 'info' | 'warn'
  readonly facts: Readonly<Record<string, unknown>>
  readonly sentence: string
}

const stage = () => {
  const lines: Line[] = []
  const time = new VirtualTime()
  const line = (level: Line['level']) => (facts: object, sentence: string) =>
    void lines.push({ level, facts: { ...facts }, sentence })
  const hear = awsOutages({ info: line('info'), warn: line('warn') }, time)
  const call = (outcome: AwsCall['outcome'], facts: Partial<AwsCall> = {}) =>
    hear({
      region: 'ap-northeast-2',
      service: 'autoscaling',
      action: 'DescribeAutoScalingGroups',
      changing: false,
      lasted: 0,
      outcome,
      ...facts,
    })
  return { lines, time, call }
}
const hung = { code: 'ETIMEDOUT', words: 'no answer', lasted: 15_000 }

test('a call that fails once, or for less than ten seconds, is no outage', async () => {
  const { lines, time, call } = stage()
  call('ambiguous', { code: 'HTTP 500' })
  await time.pass(9_000)
  call('ambiguous', { code: 'HTTP 500' })
  call('answered')
  await time.pass(10 * 60_000)
  expect(lines).toEqual([])
})

test('an outage has a line at its beginning, one a minute, and one at its end, for ten operations as for one', async () => {
  const { lines, time, call } = stage()
  for (let turn = 0; turn < 10; turn++) call('ambiguous', hung)
  call('ambiguous', { ...hung, action: 'DescribeTargetHealth' })
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({
    level: 'warn',
    sentence: expect.stringMatching(/^AWS does not answer: .*Health Dashboard/) as string,
    facts: { region: 'ap-northeast-2', seconds: 15, code: 'ETIMEDOUT' },
  })
  for (let minute = 1; minute <= 3; minute++) {
    await time.pass(30_000)
    for (let turn = 0; turn < 10; turn++) call('ambiguous', hung)
    await time.pass(30_000)
    expect(lines).toHaveLength(1 + minute)
  }
  expect(lines.at(-1)?.facts).toMatchObject({
    calls: ['DescribeAutoScalingGroups', 'DescribeTargetHealth'],
    seconds: 195,
  })
  call('answered')
  expect(lines).toHaveLength(4)
  call('answered', { action: 'DescribeTargetHealth' })
  expect(lines.at(-1)).toMatchObject({
    level: 'info',
    sentence: 'AWS answers again',
    facts: { seconds: 195 },
  })
  await time.pass(10 * 60_000)
  expect(lines).toHaveLength(5)
})

test('a refusal is an answer', async () => {
  const { lines, call } = stage()
  call('ambiguous', hung)
  call('refused', { code: 'ValidationError' })
  expect(lines.map(({ sentence }) => sentence).at(-1)).toBe('AWS answers again')
})

test('a call that nobody tries any more does not keep an outage open', async () => {
  const { lines, time, call } = stage()
  call('ambiguous', hung)
  await time.pass(8 * 60_000)
  expect(lines.at(-1)).toMatchObject({ level: 'info' })
  const count = lines.length
  await time.pass(10 * 60_000)
  expect(lines).toHaveLength(count)
})

test.each([
  ['unauthenticated', { code: 'ExpiredToken' }, /credentials/],
  ['throttled', { code: 'Throttling' }, /slows calls down/],
  ['ambiguous', { code: 'HTTP 200 text/html' }, /not AWS: a proxy/],
] as const)('what %s says is told by its kind', async (outcome, facts, words) => {
  const { lines, time, call } = stage()
  call(outcome, facts)
  await time.pass(11_000)
  call(outcome, facts)
  expect(lines).toHaveLength(1)
  expect(lines[0]?.sentence).toMatch(words)
})
