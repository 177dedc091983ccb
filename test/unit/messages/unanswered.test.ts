import type { Operation, StepRecord, Unanswered } from '../../../src/domain/operation/operation'
import { unansweredRow } from '../../../src/messages/operation/unanswered'
import { reasonRow } from '../../../src/messages/reasons/reasons'
import { mrkdwn } from '../../../src/messages/text/render'

const now = Date.parse('2026-11-21T10:10:00Z')
const since = now - 60_000
const languages = ['en', 'ko'] as const
const locale = (language: 'en' | 'ko') => ({ language, timezone: 'Asia/Seoul', now })

/** A code of each kind of silence. */
const codes = [
  'CredentialsProviderError',
  'ExpiredToken',
  'SignatureDoesNotMatch',
  'OptInRequired',
  'UnrecognizedClientException',
  'Throttling',
  'HTTP 200 text/html',
  'HTTP 500',
  'ETIMEDOUT',
]
const said = (language: 'en' | 'ko', awsCode: string) =>
  mrkdwn(
    reasonRow(
      { code: 'aws_unanswered', facts: { action: 'DescribeImages', awsCode, since } },
      locale(language),
    ),
  )

test.each(languages)('each kind of silence has words of its own, in %s', (language) => {
  const sentences = codes.map((code) => said(language, code))
  expect(new Set(sentences.map((words) => words.replace(/`[^`]*`/g, ''))).size).toBe(codes.length)
  expect(sentences.join('\n\n')).toMatchSnapshot()
})

const withStep = (
  unanswered: Unanswered,
  state: StepRecord['state'] = 'waiting',
): Pick<Operation, 'steps'> => ({
  steps: [{ key: 'fleet/refresh 1', order: 1, state, startedAt: since, unanswered }],
})
const silent: Unanswered = { action: 'DescribeInstanceRefreshes', awsCode: 'HTTP 500', since, told: true }

test.each(languages)('the message says since when, and that it goes on by itself, in %s', (language) => {
  expect(mrkdwn(unansweredRow(withStep(silent), locale(language)))).toMatchSnapshot()
})

test('nothing is said before it lasts, when the step is over, and at the end', () => {
  const { told: _, ...young } = silent
  const ending = { kind: 'succeeded', at: now, left: [] } as const
  expect(unansweredRow(withStep(young), locale('en'))).toEqual([])
  expect(unansweredRow(withStep(silent, 'done'), locale('en'))).toEqual([])
  expect(unansweredRow({ ...withStep(silent), ending }, locale('en'))).toEqual([])
})
