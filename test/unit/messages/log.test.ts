import type { Operation } from '../../../src/domain/operation/operation'
import { reason } from '../../../src/domain/reasons/reason'
import { second } from '../../../src/domain/time/time'
import { operationLog } from '../../../src/messages/log/log'
import { faultsOf } from '../../support/block-kit'
import { alice, bob, deploy, start, step } from '../../support/web-deploy'

const voice = { language: 'en', timezone: 'Asia/Seoul', now: start + 600 * second } as const
const text = (operation: Operation, said = 0) => operationLog(operation, voice, said).message?.text ?? ''

const steps = [
  { ...step('image/create', 1, 0, 1), choice: { name: 'Web Server v2', instance: 'i-0' }, outcome: 'ami-2' },
  { ...step('image/available', 2, 1, 241), outcome: 'ami-2' },
  { ...step('template/group as it is', 3, 241, 242), outcome: { min: 2 } },
  { ...step('template/pin', 4, 242, 243), choice: { template: { id: 'lt-1', pin: 1 } } },
  { ...step('template/create version', 5, 243, 244), outcome: 2 },
  { ...step('template/compare', 6, 244, 245), outcome: 'same' },
  { ...step('fleet/start refresh 1', 7, 245, 246), outcome: 'refresh-1' },
  { ...step('fleet/refresh 1', 8, 246, 250), outcome: 'interrupted' },
  { ...step('fleet/stop 1', 9, 250, 251), choice: 'cancel' },
  { ...step('fleet/stop 1 ended', 10, 251, 270), outcome: 'Cancelled' },
  { ...step('fleet/refresh 2', 11, 280, 480), outcome: true },
  { ...step('fleet/replace 3 terminate', 12, 480, 485), choice: { instance: 'i-1', decrement: true } },
  { ...step('health/every instance', 13, 485, 545), outcome: true },
  { ...step('finish/default', 14, 545, 546), choice: { version: 2 } },
  { ...step('finish/hand back', 15, 546, 547), choice: { template: { id: 'lt-1', pin: '$Default' } } },
  { ...step('fleet/something new 3', 16, 547, 548) },
]
const operation = deploy({
  steps,
  signals: [
    { id: '1', kind: 'cancel', by: bob, at: start + 249 * second },
    { id: '2', kind: 'go on', by: alice, at: start + 279 * second },
  ],
  notes: [reason('aws_slow', { action: 'DescribeImages', awsCode: 'RequestLimitExceeded' })],
})
const ended: Operation = {
  ...operation,
  phase: 'ended',
  ending: {
    kind: 'needs attention',
    at: start + 600 * second,
    reason: reason('capacity_short', { group: 'Web-ASG', aws: 'No capacity.' }),
    left: [reason('left_image', { name: 'Web Server v2', image: 'ami-2' })],
  },
}

test.each(['en', 'ko'] as const)('the log of a whole operation reads as a story, in %s', (language) => {
  const { message } = operationLog(ended, { ...voice, language }, 0)
  expect(message && faultsOf(message)).toEqual([])
  expect(message?.text).toMatchSnapshot()
})

test('only what is new is said, each time', () => {
  const early = deploy({ steps: steps.slice(0, 2) })
  const first = operationLog(early, voice, 0)
  expect(first.message?.text).toContain('is available')
  expect(operationLog(early, voice, first.entries).message).toBeUndefined()

  const second = operationLog(operation, voice, first.entries)
  expect(second.message?.text).not.toContain('is available')
  expect(second.message?.text).toContain('Launch template version `2` made')
  expect(operationLog(ended, voice, second.entries).message?.text).toMatch(
    /^🚨 <@U0ALICE> \*This needs a person now\.\*/,
  )
})

test('a word that reaches the journal late is said once, and hides nothing that was done before it', () => {
  const before = deploy({ steps: steps.slice(0, 5) })
  const { entries } = operationLog(before, voice, 0)
  const late: Operation = {
    ...before,
    signals: [{ id: '1', kind: 'cancel', by: bob, at: start + 2 * second }],
  }
  expect(text(late, entries)).toContain('<@U0BOB> asked to cancel')
  expect(text(late, entries)).not.toContain('Launch template')
  expect(operationLog(late, voice, operationLog(late, voice, entries).entries).message).toBeUndefined()
})

test('a failed step says why, in AWS’s own words', () => {
  const failing = deploy({
    steps: [
      {
        ...step('fleet/replace 1', 1, 0, 9),
        state: 'failed',
        failure: reason('launch_failed', { group: 'Web-ASG', aws: 'The image id ami-2 does not exist' }),
      },
    ],
  })
  expect(text(failing)).toContain('✕ Replace 2 instances · 9 s · ')
  expect(text(failing)).toContain('AWS says: `The image id ami-2 does not exist`')
})

test('steps of the way back are marked as such', () => {
  expect(text(deploy({ steps: [step('return/template/follow again', 1, 0, 1)] }))).toContain(
    '↩ ✓ Group follows',
  )
})

test('an approval of a plan that has changed since is not told as one that counts', () => {
  const at = start + second
  const said = (fingerprint: string) =>
    text(deploy({ signals: [{ id: '1', kind: 'approve', by: bob, at, fingerprint }] }))
  expect(said('f1n6e4')).toContain('✓ <@U0BOB> approved')
  expect(said('another')).toContain('○ <@U0BOB> approved an earlier plan; that no longer counts')
})
