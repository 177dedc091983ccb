import type { FleetCell, FleetSnapshot } from '../../src/domain/fleet/fleet'
import type { Operation, StepRecord } from '../../src/domain/operation/operation'
import type { Plan } from '../../src/domain/operation/plan'
import { minute, second } from '../../src/domain/time/time'

/** 2026-11-21T10:00:00Z, which is 19:00 in Seoul. */
export const start = Date.UTC(2026, 10, 21, 10)

export const alice = { user: 'U0ALICE', team: 'T0TEAM' }
export const bob = { user: 'U0BOB', team: 'T0TEAM' }

export const plan: Plan = {
  service: 'web',
  version: 'v2',
  before: 'v1',
  strategy: 'refresh',
  image: {
    how: 'bake',
    name: 'Web Server v2',
    description: 'LAMP web server AMI with RDS connection config',
    source: 'i-0aaa1111',
    reboot: false,
  },
  template: { id: 'lt-1', name: 'Web', current: 1, default: 1, target: { how: 'new', from: 1 } },
  group: {
    name: 'Web-ASG',
    pin: '$Default',
    before: { min: 2, desired: 2, max: 4, cooldown: 300 },
    peak: 3,
    after: { min: 2, desired: 2, max: 4, cooldown: 30 },
    minimum: 2,
    targetGroups: ['Web-TG'],
    suspended: [],
    terminationPolicies: ['Default'],
    outdated: 2,
    standby: 0,
    protected: 0,
  },
  tasks: [
    { name: 'image', expected: 5 * minute },
    { name: 'template', expected: 2 * second },
    { name: 'fleet', expected: 4 * minute },
    { name: 'health', expected: minute },
    { name: 'finish', expected: 3 * second },
  ],
  calls: [
    'CreateImage',
    'UpdateAutoScalingGroup',
    'CreateLaunchTemplateVersion',
    'StartInstanceRefresh',
    'ModifyLaunchTemplate',
  ],
  warnings: [],
  fingerprint: 'f1n6e4',
}

export const cell = (id: string, version: number, health: string, lifecycle = 'InService'): FleetCell => ({
  id,
  version,
  lifecycle,
  health,
})
export const fleet = (cells: readonly FleetCell[], at = start): FleetSnapshot => ({
  group: 'Web-ASG',
  at,
  desired: 2,
  cells,
})

export const step = (key: string, order: number, from: number, to?: number): StepRecord => ({
  key,
  order,
  state: to === undefined ? 'waiting' : 'done',
  startedAt: start + from * second,
  ...(to !== undefined && { endedAt: start + to * second }),
})

/** A deploy of web v2 that alice asked for; what a test is about is given. */
export const deploy = (given: Partial<Operation> = {}): Operation => ({
  id: 'web-k7f3q',
  request: { procedure: 'deploy', service: 'web', version: 'v2' },
  requester: alice,
  channel: 'ops',
  createdAt: start,
  phase: 'running',
  plan,
  steps: [],
  signals: [],
  notes: [],
  fence: 1,
  revision: 1,
  ...given,
})
