import type { Json } from '../../../src/domain/json'
import type { Ending, Operation, StepRecord } from '../../../src/domain/operation/operation'
import { rollcall } from '../../../src/domain/access/person'
import type { Plan } from '../../../src/domain/operation/plan'
import { type Reason, reason } from '../../../src/domain/reasons/reason'
import type { Request } from '../../../src/domain/operation/request'
import { hour, minute } from '../../../src/domain/time/time'
import { operationLog } from '../../../src/messages/log/log'
import { operationMessage } from '../../../src/messages/operation/message'
import { dryRunMessage } from '../../../src/messages/plan/plan'
import { refusalMessage } from '../../../src/messages/refusal'
import { faultsOf } from '../../support/block-kit'
import { newOperation } from '../../support/operations'
import { onScreen } from '../../support/on-screen'
import { start } from '../../support/web-deploy'

const day = 24 * hour
const maker = 'web-aaaaa'
const old = (version: string, days: number) => ({
  id: `ami-${version}`,
  name: `Web Server ${version}`,
  createdAt: start - days * day,
  operation: maker,
  snapshots: [`snap-${version}`],
  sizeGiB: 8,
})
const plan: Plan = {
  service: 'web',
  version: '',
  prune: {
    versions: [2, 3].map((number) => ({ templateId: 'lt-1', templateName: 'Web', number })),
    images: [old('v2', 90), old('v3', 60)],
    snapshots: [{ id: 'snap-lost', sizeGiB: 8, operation: maker }],
    later: 3,
    kept: { used: 4, newest: 2, young: 1 },
  },
  confirm: true,
  tasks: [
    { name: 'versions', expected: 5_000 },
    { name: 'images', expected: minute },
  ],
  calls: ['DeleteLaunchTemplateVersions', 'DeregisterImage', 'DeleteSnapshot'],
  warnings: [],
  fingerprint: 'f1f1f1f1f1f1',
}
const deleted = { did: 'deleted' }
const step = (key: string, order: number, outcome: Json, choice: Json = {}): StepRecord => ({
  key,
  order,
  state: 'done',
  startedAt: start + order * 1_000,
  endedAt: start + order * 3_000,
  choice,
  outcome,
})
const kept = { did: 'kept', uses: [{ kind: 'running', count: 1 }] }
const refused = {
  did: 'failed',
  code: 'UnauthorizedOperation',
  words: 'You are not authorized to perform this operation.',
}
const steps = (image: Json, snapshot: Json): readonly StepRecord[] => [
  step('versions/delete lt-1', 1, { 2: deleted, 3: deleted }),
  step('images/deregister ami-v2', 2, deleted, { id: 'ami-v2', name: 'Web Server v2' }),
  step('images/snapshot snap-v2', 3, snapshot, { id: 'snap-v2' }),
  step('images/deregister ami-v3', 4, image, { id: 'ami-v3', name: 'Web Server v3' }),
]
const operation = (
  more: Partial<Operation>,
  request: Request = { procedure: 'prune', service: 'web' },
): Operation => ({
  ...newOperation('web-k7f3q'),
  request,
  createdAt: start,
  startedAt: start,
  phase: 'ended',
  plan,
  steps: [],
  signals: [],
  notes: [],
  fence: 1,
  revision: 1,
  ...more,
})
const ended = (kind: Ending['kind'], more: Partial<Ending> = {}): Ending => ({
  kind,
  at: start + minute,
  left: [],
  ...more,
})
const undeleted = [
  reason('left_undeleted', {
    what: 'snapshot',
    id: 'snap-v2',
    name: 'Web Server v2',
    awsCode: refused.code,
    aws: refused.words,
  }),
]
const { startedAt: _, ...waiting } = operation({ phase: 'confirming' })

const refresh: Request = { procedure: 'update-image', service: 'web' }
const template = { id: 'lt-1', name: 'Web', current: 2, default: 2, target: { how: 'new', from: 2 } } as const
const {
  prune: __,
  confirm: ___,
  ...bare
} = { ...plan, calls: ['CreateLaunchTemplateVersion', 'ModifyLaunchTemplate'] }
const newest: Plan = {
  ...bare,
  version: 'AWSBackup_i-1_2026',
  before: 'AWSBackup_i-1_2025',
  image: { how: 'use', id: 'ami-9', name: 'AWSBackup_i-1_2026' },
  template,
  tasks: [{ name: 'template', expected: 5_000 }],
}
const mended: Plan = {
  ...newest,
  version: 'Web Server v1',
  template: { ...template, groupIds: { 'ASG-Web-Inst-SG': 'sg-1' } },
}
const { before: ____, ...mendedAlone } = mended
const { plan: _____, startedAt: ______, ...neverStarted } = operation({}, refresh)
const byName = reason('security_groups_by_name', { template: 'Web', version: 2, names: ['ASG-Web-Inst-SG'] })

const cases: readonly (readonly [string, Operation])[] = [
  ['a plan to prune', waiting],
  ['a prune under way', operation({ phase: 'running', steps: steps(deleted, deleted).slice(0, 2) })],
  ['a prune that kept one', operation({ steps: steps(kept, deleted), ending: ended('succeeded') })],
  [
    'a prune that AWS refused a part of',
    operation({
      steps: steps(kept, refused),
      ending: ended('needs attention', { reason: reason('prune_incomplete', { count: 1 }), left: undeleted }),
    }),
  ],
  [
    'a prune that was cancelled',
    operation({
      steps: steps(deleted, deleted).slice(0, 2),
      ending: ended('cancelled', {
        reason: reason('cancelled_by_person', { by: 'U0ALICE' }),
        left: [reason('left_snapshots', { image: 'Web Server v2', snapshots: ['snap-v2'] })],
      }),
    }),
  ],
  [
    'a move to the newest image by itself',
    operation({ plan: newest, requester: rollcall, ending: ended('succeeded') }, refresh),
  ],
  [
    'a daily move that failed',
    operation(
      {
        plan: newest,
        requester: rollcall,
        ending: ended('failed clean', {
          reason: reason('aws_refused', {
            action: 'CreateLaunchTemplateVersion',
            awsCode: refused.code,
            aws: refused.words,
          }),
        }),
      },
      refresh,
    ),
  ],
  ['a template that was mended', operation({ plan: mendedAlone, ending: ended('succeeded') }, refresh)],
  ['a refresh that found the trap', { ...neverStarted, ending: ended('refused', { reason: byName }) }],
]

describe.each(['en', 'ko'] as const)('in %s', (language) => {
  const voice = { language, timezone: 'Asia/Seoul', now: start + 2 * minute }

  test.each(cases)('%s reads well, on the screen, as plain text and in its log', (_what, told) => {
    const message = operationMessage({ ...voice, operation: told })
    expect(faultsOf(message)).toEqual([])
    expect(onScreen(message)).toMatchSnapshot()
    expect(message.text).toMatchSnapshot()
    expect(operationLog(told, voice, 0).message?.text).toMatchSnapshot()
  })

  test.each<[string, Request, Plan]>([
    ['prune', { procedure: 'prune', service: 'web' }, plan],
    ['refresh with the trap in it', refresh, { ...newest, warnings: [byName] }],
    ['mend', { ...refresh, securityGroupsById: true }, mended],
  ])('the dry run of a %s shows its plan', (_what, request, dry) => {
    const message = dryRunMessage({ ...voice, request, plan: dry })
    expect(faultsOf(message)).toEqual([])
    expect(onScreen(message)).toMatchSnapshot()
  })

  test.each<[string, Reason['facts']]>([
    ['none of it can go', { used: 4, newest: 2, young: 1, count: 5, after: 30 * day }],
    ['nothing was made', { used: 0, newest: 0, young: 0, count: 5, after: 30 * day }],
  ])('where %s, it is said why', (_what, facts) => {
    const none = reason('nothing_to_prune', { service: 'web', ...facts })
    expect(onScreen(refusalMessage(none, voice, 'web'))).toMatchSnapshot()
  })

  test('the trap, told to who asked alone, has a button that mends it', () => {
    expect(onScreen(refusalMessage(byName, voice, 'web'))).toMatchSnapshot()
  })
})
