import type { Lock } from '../../../src/domain/access/lock'
import { reason } from '../../../src/domain/reasons/reason'
import { hour, minute } from '../../../src/domain/time/time'
import { approvalMessage } from '../../../src/messages/operation/approval'
import { helpMessage, helpTopicMessage, type HelpEntry } from '../../../src/messages/queries/help'
import { historyMessage } from '../../../src/messages/queries/history'
import { homeView } from '../../../src/messages/queries/home'
import type { Locale } from '../../../src/messages/locale'
import { lockClearedMessage, lockSetMessage } from '../../../src/messages/locks'
import { dryRunMessage } from '../../../src/messages/plan/plan'
import { sentences } from '../../../src/messages/reasons/reasons'
import { refusalMessage } from '../../../src/messages/refusal'
import { showMessage } from '../../../src/messages/queries/show'
import { allStatusMessage, serviceStatusMessage } from '../../../src/messages/status/status'
import { signalAcknowledgement, acknowledgement } from '../../../src/messages/acknowledgement'
import { storeDownMessage, unexpectedErrorMessage, workerTimeoutMessage } from '../../../src/messages/errors'
import type { Message } from '../../../src/ports/chat'
import { commands } from '../../../src/commands'
import { faultsOf, faultsOfView } from '../../support/block-kit'
import { onScreen } from '../../support/on-screen'
import { alice, bob, cell, deploy, fleet, plan, start, step } from '../../support/web-deploy'
import type { ReasonCode } from '../../../src/domain/reasons/reason-facts'
import type { ServiceStatus } from '../../../src/domain/fleet/service-status'

const languages = ['en', 'ko'] as const
const speak = (language: Locale['language']): Locale => ({
  language,
  timezone: 'Asia/Seoul',
  now: start + 5 * minute,
})

const running = deploy({
  startedAt: start,
  steps: [step('image/create', 1, 0, 1), step('image/available', 2, 1)],
  why: 'new login page',
})
const done = deploy({
  startedAt: start,
  id: 'web-aaaaa',
  phase: 'ended',
  ending: { kind: 'succeeded', at: start + 8 * minute, left: [] },
})
const failed = deploy({
  startedAt: start,
  id: 'web-bbbbb',
  phase: 'ended',
  ending: {
    kind: 'rolled back',
    at: start + 9 * minute,
    reason: reason('capacity_short', {
      group: 'Web-ASG',
      aws: 'We currently do not have sufficient t2.micro capacity.',
    }),
    left: [],
  },
})
const lock: Lock = {
  kind: 'lock',
  service: 'web',
  why: 'incident 42',
  by: bob,
  since: start,
  until: start + 2 * hour,
}
const freeze: Lock = {
  kind: 'freeze',
  service: 'web',
  why: 'v2 broke the login',
  by: alice,
  since: start,
  operation: 'web-bbbbb',
}

const web: ServiceStatus = {
  service: 'web',
  version: 'v1',
  group: { name: 'Web-ASG', min: 2, desired: 2, max: 4, pin: '$Default', suspended: ['AZRebalance'] },
  fleet: fleet([cell('i-1', 1, 'healthy'), cell('i-2', 1, 'unhealthy')]),
  versionNames: { '1': 'v1' },
  refresh: { id: 'r-1', status: 'InProgress', percent: 50, reason: 'Waiting for instances to warm up.' },
  locks: [lock, freeze],
  running,
  queue: ['web-ccccc'],
  last: done,
}
const idle: ServiceStatus = { service: 'shop', locks: [], queue: [] }
const dark: ServiceStatus = { service: 'shop', locks: [], queue: [], last: failed, error: 'unanswered' }

const entries: readonly HelpEntry[] = commands
const [first] = entries

const forApproval = {
  verdict: 'wait',
  for: 'approval',
  by: { everyone: false, names: ['approvers'], users: ['U0BOB'], groups: [] },
  count: 1,
  given: [],
  until: start + hour,
} as const
const approvedEarlier = {
  id: '1',
  kind: 'approve',
  by: bob,
  at: start,
  fingerprint: 'another',
} as const

const answers: Readonly<Record<string, (voice: Locale) => Message>> = {
  'a dry run': (voice) => dryRunMessage({ ...voice, request: running.request, plan }),
  'a dry run of a version whose image exists': (voice) =>
    dryRunMessage({
      ...voice,
      request: running.request,
      plan: {
        ...plan,
        image: { how: 'use', id: 'ami-2', name: 'Web Server v2' },
        strategy: 'surge',
        warnings: [
          reason('standby_instances', { group: 'Web-ASG', instances: ['i-9'], treated: 'terminate' }),
        ],
      },
    }),
  'the status of a service': (voice) => serviceStatusMessage(web, voice),
  'the status of a service of which nothing is known': (voice) => serviceStatusMessage(idle, voice),
  'the status of a service when AWS cannot be asked': (voice) => serviceStatusMessage(dark, voice),
  'the status of all services': (voice) => allStatusMessage([web, idle], voice),
  'the status of no service': (voice) => allStatusMessage([], voice),
  'a history': (voice) => historyMessage({ ...voice, service: 'web', operations: [failed, done] }),
  'an empty history': (voice) => historyMessage({ ...voice, operations: [] }),
  'one operation': (voice) => showMessage({ ...voice, operation: running }),
  help: (voice) => helpMessage({ ...voice, entries }),
  'help on a command': (voice) =>
    first ? helpTopicMessage({ ...voice, entry: first }) : helpMessage({ ...voice, entries }),
  'a lock set': (voice) => lockSetMessage(lock, voice),
  'a lock cleared': (voice) => lockClearedMessage({ ...voice, lock, by: alice }),
  'deploys allowed again': (voice) => lockClearedMessage({ ...voice, lock: freeze, by: bob }),
  'a call for approval': (voice) => approvalMessage({ ...voice, operation: running, wait: forApproval }),
  'a call for approval of a plan that has changed': (voice) =>
    approvalMessage({ ...voice, operation: { ...running, signals: [approvedEarlier] }, wait: forApproval }),
  'a command accepted': (voice) => acknowledgement({ ...voice, operation: running, created: true }),
  'a command accepted before': (voice) => acknowledgement({ ...voice, operation: running, created: false }),
  'a click recorded': (voice) =>
    signalAcknowledgement({ ...voice, operation: running.id, kind: 'approve', outcome: 'recorded' }),
  'a click recorded before': (voice) =>
    signalAcknowledgement({ ...voice, operation: running.id, kind: 'approve', outcome: 'already' }),
  'Redis out of reach': storeDownMessage,
  'no worker': workerTimeoutMessage,
  'a fault of ours': (voice) => unexpectedErrorMessage(voice, 'req-1'),
}

describe.each(languages)('in %s', (language) => {
  test.each(Object.entries(answers))('%s', (_, answer) => {
    const message = answer(speak(language))
    expect(faultsOf(message)).toEqual([])
    expect(onScreen(message)).toMatchSnapshot()
  })

  test('the Home', () => {
    const home = homeView({
      ...speak(language),
      services: [web, { ...idle, running: deploy({ id: 'shop-ddddd', phase: 'approving' }) }],
      history: [failed, done],
    })
    expect(faultsOfView(home)).toEqual([])
    expect(onScreen(home)).toMatchSnapshot()
  })
})

test.each(languages)(
  'of 120 services the Home in %s says how many it does not show, and the way to them',
  (language) => {
    const services = Array.from({ length: 120 }, (_, index) => ({ ...idle, service: `s${index}` }))
    const home = homeView({ ...speak(language), services, history: [] })
    expect(faultsOfView(home)).toEqual([])
    expect(onScreen(home)).toMatch(
      language === 'en'
        ? /and 105 more services.*`\/asg status s119`/
        : /외 105개 서비스.*`\/asg status s119`/,
    )
    expect(
      onScreen(homeView({ ...speak(language), services: services.slice(0, 15), history: [] })),
    ).not.toContain('/asg status')
  },
)

test('a status never guesses: what AWS did not tell is said to be unknown', () => {
  const { text } = serviceStatusMessage(dark, speak('en'))
  expect(text).toContain('no worker answered')
  expect(text).toContain('The version it serves is unknown')
  expect(text).not.toMatch(/\d+ of \d+ healthy/)
})

test('a mention of the requester stands in every ending that went wrong', () => {
  expect(historyMessage({ ...speak('en'), operations: [failed] }).text).toContain('<@U0ALICE>')
})

test.each(languages)('people are told to type the command as it is installed, in %s', (language) => {
  const voice = { ...speak(language), command: '/fleet' }
  const told = Object.values(answers).map((answer) => onScreen(answer(voice)))
  const refusals = (Object.keys(sentences) as ReasonCode[]).map((code) =>
    onScreen(refusalMessage({ code, facts: {} }, voice)),
  )
  expect([...told, ...refusals].filter((shown) => shown.includes('/asg'))).toEqual([])
  expect(told.join()).toContain('/fleet deploy')
})

test('a plan that moves what events go back to does not say that scheduled actions stay', () => {
  const rebased = reason('events_rebased', {
    events: ['web-k7f3q'],
    group: 'Web-ASG',
    restores: { min: 2, desired: 2, max: 4 },
  })
  const { request } = running
  const shown = onScreen(dryRunMessage({ ...speak('en'), request, plan: { ...plan, warnings: [rebased] } }))
  expect(shown).not.toContain('scheduled actions')
  expect(shown).toContain('web-k7f3q')
})
