import type { Strategy } from '../../src/domain/catalogue/strategy'
import { checkClick } from '../../src/domain/interaction/clicks'
import type { NewOperation, Operation } from '../../src/domain/operation/operation'
import { operationLog } from '../../src/messages/log/log'
import { alice, newOperation } from '../support/operations'
import {
  catalogueOf,
  type Simulation,
  simulate,
  type SimulationOptions,
  webService,
} from '../support/simulation'

const simulateWeb = (
  how: Partial<SimulationOptions> & { service?: Parameters<typeof webService>[0]; minimum?: number } = {},
) =>
  simulate({
    catalogue: catalogueOf(webService(how.service)),
    guard: { targetGroup: 'Web-TG', minimum: how.minimum ?? 2 },
    ...how,
  })

const ran = async (simulation: Simulation, operation: NewOperation): Promise<Operation> => {
  const id = await simulation.start(operation)
  await simulation.untilEnded()
  return simulation.operation(id)
}
const deployed = (simulation: Simulation, strategy: Strategy = 'refresh', id = 'web-aaaaa', version = 'v2') =>
  ran(simulation, {
    ...newOperation(id),
    request: { procedure: 'deploy', service: 'web', version, strategy },
  })

const webGroup = ({ aws }: Pick<Simulation, 'aws'>) =>
  aws.view().groups.find((group) => group.name === 'Web-ASG')
const versionsServing = ({ aws }: Simulation) =>
  aws
    .view()
    .instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    .map((one) => one.templateVersion)
const template = ({ aws }: Pick<Simulation, 'aws'>) => {
  const found = aws.view().templates.find((one) => one.name === 'Web')
  if (!found) throw new Error('no template Web')
  return found
}

/** Does something once, when the operation has come so far. */
const once = (
  when: (operation: Operation, simulation: Simulation) => boolean,
  what: (simulation: Simulation, operation: Operation) => unknown,
): NonNullable<SimulationOptions['meanwhile']> => {
  let happened = false
  return async (simulation) => {
    const [id] = await simulation.store.journal.unfinished()
    const operation = id === undefined ? undefined : await simulation.store.journal.read(id)
    if (happened || !operation || !when(operation, simulation)) return
    happened = true
    await what(simulation, operation)
  }
}
const each =
  (
    ...acts: readonly NonNullable<SimulationOptions['meanwhile']>[]
  ): NonNullable<SimulationOptions['meanwhile']> =>
  async (simulation) => {
    for (const act of acts) await act(simulation)
  }

const under = (key: string) => (operation: Operation) =>
  operation.steps.some((step) => step.key === key && step.state === 'waiting')

const resize =
  (change: Parameters<Simulation['account']['groups']['update']>[1]) =>
  ({ account }: Simulation) =>
    account.groups.update('Web-ASG', change)

const scaledBy = (by: number) => (simulation: Simulation) =>
  simulation.account.groups.setDesired('Web-ASG', (webGroup(simulation)?.desired ?? 0) + by)
const follow = (pin: '$Latest' | number) => async (simulation: Simulation) =>
  simulation.account.groups.update('Web-ASG', { template: { id: template(simulation).id, pin } })
const sick = { kind: 'never-healthy', image: 'Web Server v2' } as const
const denied = { code: 'UnauthorizedOperation', status: 403 }

const strategies: readonly Strategy[] = ['refresh', 'replace', 'surge']

describe.each(strategies)('a fleet of an unusual size, by %s,', (strategy) => {
  test('full to its maximum, gets through and keeps its maximum', async () => {
    const simulation = simulateWeb({ service: { capacity: { min: 2, desired: 2, max: 2 } } })
    await resize({ max: 2 })(simulation)
    expect((await deployed(simulation, strategy)).ending).toMatchObject({ kind: 'succeeded' })
    expect(webGroup(simulation)).toMatchObject({ min: 2, desired: 2, max: 2 })
    expect(versionsServing(simulation)).toEqual([2, 2])
    expect(simulation.violations).toEqual([])
  })

  test('of one instance, is never without one', async () => {
    const simulation = simulateWeb({ minimum: 1, service: { capacity: { min: 1, desired: 1, max: 1 } } })
    await resize({ min: 1, desired: 1, max: 1 })(simulation)
    expect((await deployed(simulation, strategy)).ending).toMatchObject({ kind: 'succeeded' })
    expect(webGroup(simulation)).toMatchObject({ min: 1, desired: 1, max: 1 })
    expect(versionsServing(simulation)).toEqual([2])
    expect(simulation.violations).toEqual([])
  })

  test('scaled out in mid-roll, keeps what it was given', async () => {
    const simulation = simulateWeb({
      service: { capacity: { min: 2, desired: 2, max: 8 } },
      meanwhile: once(
        ({ steps }) => steps.some(({ key, state }) => key.startsWith('fleet/') && state === 'waiting'),
        scaledBy(1),
      ),
    })
    await resize({ max: 8 })(simulation)
    expect((await deployed(simulation, strategy)).ending).toMatchObject({ kind: 'succeeded' })
    expect(webGroup(simulation)).toMatchObject({ desired: 3 })
    expect(versionsServing(simulation)).toEqual([2, 2, 2])
    expect(simulation.violations).toEqual([])
  })
})

/** The image is there already, for an empty fleet has nothing to bake it from. */
const shrunk = async (simulation: Simulation, desired: number): Promise<void> => {
  const bake = { procedure: 'bake', service: 'web', version: 'v2', reboot: false } as const
  await ran(simulation, { ...newOperation('web-baked'), request: bake })
  await resize({ min: desired, desired })(simulation)
  simulation.clock.advanceTo(simulation.clock.now() + 10 * 60_000)
}

describe.each(strategies)('a catalogue that wants more instances than there are, by %s,', (strategy) => {
  test('has them pass the gate like all others, from a fleet at zero too', async () => {
    for (const desired of [0, 1]) {
      const simulation = simulateWeb({ minimum: desired })
      await shrunk(simulation, desired)
      const { ending, steps } = await deployed(simulation, strategy)
      expect(ending).toMatchObject({ kind: 'succeeded' })
      expect(webGroup(simulation)).toMatchObject({ min: 2, desired: 2, max: 4, templatePin: '$Default' })
      expect(versionsServing(simulation)).toEqual([2, 2])
      expect(simulation.aws.healthyTargets('Web-TG')).toBe(2)
      expect(steps.find(({ key }) => key === 'health/every instance')?.outcome).toBe(true)
      expect(simulation.violations).toEqual([])
    }
  })

  test('takes them away again when they do not get healthy', async () => {
    for (const desired of [0, 1]) {
      const simulation = simulateWeb({
        minimum: desired,
        // Those that replace the old ones are well; the ones on top are not.
        meanwhile: once(under('health/every instance'), ({ aws }) => aws.setFault(sick)),
      })
      await shrunk(simulation, desired)
      const { ending } = await deployed(simulation, strategy)
      expect(ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
      expect(webGroup(simulation)).toMatchObject({ min: desired, desired, max: 4, templatePin: '$Default' })
      expect(versionsServing(simulation)).toEqual(Array(desired).fill(1))
      expect(simulation.violations).toEqual([])
    }
  })
})

test('a scale-in that takes the place made for a newcomer does not stop a deploy by replace', async () => {
  const simulation = simulateWeb({
    service: { capacity: { min: 2, desired: 3, max: 8 } },
    meanwhile: once(under('fleet/replace 2'), scaledBy(-1)),
  })
  await resize({ max: 8, desired: 3 })(simulation)
  expect((await deployed(simulation, 'replace')).ending).toMatchObject({ kind: 'succeeded' })
  expect(new Set(versionsServing(simulation))).toEqual(new Set([2]))
  expect(simulation.violations).toEqual([])
})

test('an instance that a scale-out launches while a refresh bakes is no reason to go back', async () => {
  const simulation = simulateWeb({
    service: { gate: { bake: 600_000, timeout: 1_200_000 } },
    meanwhile: once(
      ({ steps }) =>
        steps.some(({ key, progress }) => key === 'fleet/refresh 1' && progress?.percent === 100),
      scaledBy(1),
    ),
  })
  expect((await deployed(simulation)).ending).toMatchObject({ kind: 'succeeded' })
  expect(versionsServing(simulation)).toEqual([2, 2, 2])
})

describe('the way back of a group that follows $Latest', () => {
  test('gives it back once the version that failed is gone', async () => {
    const simulation = simulateWeb({ prepare: (aws) => void aws.setFault(sick) })
    await follow('$Latest')(simulation)
    expect((await deployed(simulation)).ending).toMatchObject({ kind: 'rolled back' })
    expect(webGroup(simulation)).toMatchObject({ templatePin: '$Latest', templateVersion: 1 })
  })

  test('leaves it pinned to the old version where the one that failed cannot be deleted', async () => {
    const simulation = simulateWeb({
      prepare: (aws) => {
        aws.setFault(sick)
        aws.setFault({ kind: 'error-before', action: 'DeleteLaunchTemplateVersions', ...denied })
      },
    })
    await follow('$Latest')(simulation)
    const { ending } = await deployed(simulation)
    expect(ending).toMatchObject({ kind: 'needs attention', reason: { code: 'new_fleet_unhealthy' } })
    expect(ending?.left).toMatchObject([
      { code: 'way_back_failed', facts: { what: 'template version', code: 'aws_refused' } },
      { code: 'way_back_failed', facts: { what: 'pin', code: 'group_changed' } },
      { code: 'left_group_template', facts: { group: 'Web-ASG', is: 1, was: '$Latest' } },
      { code: 'left_image' },
    ])
    expect(webGroup(simulation)).toMatchObject({ templatePin: '1', templateVersion: 1 })
    expect(versionsServing(simulation)).toEqual([1, 1])
  })
})

describe('what somebody else does while the image is made', () => {
  test.each(strategies)(
    'another template version ends a deploy by %s before it changes anything',
    async (strategy) => {
      const simulation = simulateWeb({
        meanwhile: once(under('image/available'), follow(2)),
      })
      const { id, versions } = template(simulation)
      const imageId = versions[0]?.imageId ?? ''
      const theirs = { templateId: id, from: 1, imageId, token: 'theirs', description: 'theirs' }
      await simulation.account.templates.createVersion(theirs)
      expect((await deployed(simulation, strategy)).ending).toMatchObject({
        kind: 'failed clean',
        reason: { code: 'group_changed', facts: { was: 1, is: 2 } },
        left: [{ code: 'left_image' }],
      })
      expect(webGroup(simulation)).toMatchObject({ templatePin: '2', max: 4, cooldown: 300 })
    },
  )

  test('an instance refresh of theirs goes on, and the deploy says whose fault it is', async () => {
    const simulation = simulateWeb({
      meanwhile: once(under('image/available'), ({ account, aws }) =>
        account.groups.startRefresh('Web-ASG', {
          templateId: template({ aws }).id,
          version: 1,
          minHealthy: 100,
          maxHealthy: 150,
          bake: 0,
          autoRollback: false,
          skipMatching: false,
          standby: 'Ignore',
          scaleInProtected: 'Refresh',
        }),
      ),
    })
    await follow(1)(simulation)
    expect((await deployed(simulation)).ending).toMatchObject({
      kind: 'failed clean',
      reason: { code: 'refresh_already_running' },
    })
    expect(await simulation.account.groups.refreshes('Web-ASG')).toMatchObject([{ status: 'InProgress' }])
  })

  test('an instance refresh that they start in place of the deploy’s own is left alone, and a person is called', async () => {
    const theirs = { minHealthy: 100, maxHealthy: 150, bake: 0, autoRollback: false, skipMatching: false }
    let cancelled = false
    const simulation = simulateWeb({
      meanwhile: once(
        (operation) => under('fleet/refresh 1')(operation),
        async ({ account }) => {
          cancelled = true
          await account.groups.cancelRefresh('Web-ASG')
        },
      ),
    })
    const starts = simulation.aws.onChange(() => {
      const [newest] = simulation.aws.view().groups.filter(({ name }) => name === 'Web-ASG')
      if (!cancelled || newest?.refresh?.status !== 'Cancelled') return
      cancelled = false
      void simulation.account.groups.startRefresh('Web-ASG', {
        ...theirs,
        templateId: template(simulation).id,
        version: 1,
        standby: 'Ignore',
        scaleInProtected: 'Refresh',
      })
    })
    const { ending } = await deployed(simulation)
    starts()
    expect(ending).toMatchObject({ kind: 'needs attention', reason: { code: 'refresh_failed' } })
    expect(ending?.left[0]?.facts).toMatchObject({ what: 'fleet', code: 'refresh_already_running' })
    const [newest] = await simulation.account.groups.refreshes('Web-ASG')
    expect(newest).toMatchObject({ version: '1', status: expect.stringMatching(/Pending|InProgress/) })
  })

  test('a refresh that they cancel is gone back from, and the log claims no call that was not sent', async () => {
    const simulation = simulateWeb({
      meanwhile: once(under('fleet/refresh 1'), ({ account }) => account.groups.cancelRefresh('Web-ASG')),
    })
    const operation = await deployed(simulation)
    expect(operation.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'refresh_failed' } })
    const sent = simulation.aws.calls().map(({ action }) => action)
    expect(sent.filter((action) => action === 'CancelInstanceRefresh')).toHaveLength(1)
    expect(sent).not.toContain('RollbackInstanceRefresh')
    const said = (language: 'en' | 'ko') =>
      operationLog(operation, { language, timezone: 'Asia/Seoul', now: simulation.clock.now() }, 0).message
        ?.text
    expect(said('en')).toContain('✓ Instance refresh had ended already: AWS says `Cancelled`')
    expect(said('en')).not.toContain('asked to')
    expect(said('ko')).toContain('✓ 인스턴스 새로 고침이 이미 종료됨: AWS 상태 `Cancelled`')
  })

  test('a group that is deleted is told as such', async () => {
    const simulation = simulateWeb({
      meanwhile: once(under('image/available'), ({ aws }) => void aws.world.groups.delete('Web-ASG')),
    })
    expect((await deployed(simulation)).ending).toMatchObject({
      kind: 'failed clean',
      reason: { code: 'group_not_found' },
    })
  })
})

test('what serves is not told as left over when AWS refuses the last step, and what is still to do is', async () => {
  const simulation = simulateWeb({
    meanwhile: once(
      under('fleet/refresh 1'),
      ({ aws }) => void aws.setFault({ kind: 'error-before', action: 'ModifyLaunchTemplate', ...denied }),
    ),
  })
  const { ending } = await deployed(simulation)
  expect(ending).toMatchObject({
    kind: 'needs attention',
    reason: { code: 'aws_refused' },
    left: [
      { code: 'left_default_behind', facts: { template: 'Web', is: 1, serves: 2 } },
      { code: 'left_group_template', facts: { group: 'Web-ASG', is: 2, was: '$Default', passed: true } },
      {
        code: 'left_changed',
        facts: { group: 'Web-ASG', what: 'termination policies', names: ['NewestInstance'] },
      },
    ],
  })
  expect(versionsServing(simulation)).toEqual([2, 2])
})

test('instances that were protected before a surge counted them stay protected', async () => {
  const protectedOnes = ({ aws }: Simulation) =>
    aws.view().instances.filter((one) => one.group === 'Web-ASG' && one.protectedFromScaleIn)
  const simulation = simulateWeb({
    meanwhile: once(
      ({ steps }) =>
        steps.some(({ key, progress }) => key === 'fleet/new beside old' && progress?.percent !== undefined),
      ({ account, aws }) => {
        const newer = aws.view().instances.find((one) => one.group === 'Web-ASG' && one.templateVersion === 2)
        return account.groups.protect('Web-ASG', [newer?.id ?? ''], true)
      },
    ),
  })
  expect((await deployed(simulation, 'surge')).ending).toMatchObject({ kind: 'succeeded' })
  expect(protectedOnes(simulation)).toHaveLength(1)
})

test('a cancel that comes together with the word to go on is heard too', async () => {
  const simulation = simulateWeb({
    meanwhile: async (now) => {
      const [id] = await now.store.journal.unfinished()
      const operation = id === undefined ? undefined : await now.store.journal.read(id)
      if (id === undefined || !operation) return
      const said = operation.signals.length
      const say = (name: string, kind: 'cancel' | 'go on' | 'go back') =>
        now.signal(id, { id: name, kind, by: alice })
      if (said === 0 && under('fleet/replace 2')(operation)) await say('s1', 'cancel')
      if (said === 1 && operation.phase === 'held') {
        await say('s2', 'go on')
        await say('s3', 'cancel')
      }
      const heldAgain = operation.steps.filter(({ key }) => key.startsWith('hold/')).length === 2
      if (said === 3 && heldAgain) await say('s4', 'go back')
    },
  })
  expect((await deployed(simulation, 'replace')).ending).toMatchObject({ kind: 'cancelled' })
  expect(versionsServing(simulation)).toEqual([1, 1])
})

test('a cancel in the last steps is told that it is too late, and what passed stays', async () => {
  const told: (string | undefined)[] = []
  const simulation = simulateWeb({
    meanwhile: each(
      once(
        under('fleet/refresh 1'),
        // AWS keeps the last steps waiting for a moment.
        ({ aws }) => void aws.setFault({ kind: 'throttle', action: 'ModifyLaunchTemplate', times: 4 }),
      ),
      once(
        ({ phase }) => phase === 'finishing',
        (_, operation) => {
          const actor = { user: alice.user, memberships: [] }
          const verdict = checkClick({
            catalogue: catalogueOf(webService()),
            kind: 'cancel',
            operation,
            actor,
          })
          told.push(verdict.verdict === 'refuse' ? verdict.reason.code : verdict.verdict)
        },
      ),
    ),
  })
  expect((await deployed(simulation)).ending).toMatchObject({ kind: 'succeeded' })
  expect(told).toEqual(['too_late_to_cancel'])
  expect(versionsServing(simulation)).toEqual([2, 2])
})

describe('an operation that stops in the middle of a refresh,', () => {
  /** Instances, versions and what else stands as the refresh left it. */
  const leftCodes = ({ ending }: Operation) => ending?.left.map(({ code }) => code)
  const standing = [
    'left_midway',
    'left_refresh',
    'left_group_template',
    'left_changed',
    'left_instances',
    'left_scale_ins_held',
    'left_image',
  ]
  const halfWay = ({ fleet, steps }: Operation) =>
    steps.some(({ key }) => key === 'fleet/refresh 1') &&
    fleet?.cells.some(({ version, health }) => version === 2 && health === 'healthy') === true

  test('because of a fault of its own, tells what it leaves', async () => {
    let broken = false
    const simulation = simulateWeb({
      meanwhile: once(halfWay, () => (broken = true)),
      inject: ({ method }) => {
        // Its journal still hears of it.
        if (broken && /^(groups|traffic|images|templates)\./.test(method))
          throw new TypeError('nobody thought of this')
        return undefined
      },
    })
    const operation = await deployed(simulation)
    expect(operation.ending).toMatchObject({ kind: 'needs attention', reason: { code: 'worker_surprise' } })
    expect(leftCodes(operation)).toEqual(standing)
    expect(operation.ending?.left[2]?.facts).toMatchObject({ group: 'Web-ASG', is: 1, was: '$Default' })
    expect(operation.ending?.left[5]?.facts).toEqual({
      group: 'Web-ASG',
      policies: ['Target Tracking Policy'],
    })
  })

  test('because its service is no more in the catalogue, tells the same', async () => {
    const services = new Map([['web', webService()]])
    const simulation = simulateWeb({
      catalogue: { ...catalogueOf(webService()), services },
      meanwhile: once(halfWay, () => services.delete('web')),
    })
    const operation = await deployed(simulation)
    expect(operation.ending).toMatchObject({ kind: 'needs attention', reason: { code: 'unknown_service' } })
    expect(leftCodes(operation)).toEqual(standing)
  })
})

test('surprises count in a row only: what went well in between ends it', async () => {
  const turns = new Map<string, number>()
  const simulation = simulateWeb({
    inject: ({ method }) => {
      if (!/^(images|templates|groups)\.(create|createVersion|startRefresh|setDefault)$/.test(method)) return
      const turn = (turns.get(method) ?? 0) + 1
      turns.set(method, turn)
      if (turn <= 4) throw new TypeError('nobody thought of this')
    },
  })
  expect((await deployed(simulation)).ending).toMatchObject({ kind: 'succeeded' })
  expect([...turns.values()]).toEqual([5, 5, 5, 5])
})

describe.each<[Strategy, string]>([
  ['refresh', 'fleet/refresh 1'],
  ['replace', 'health/every instance'],
  ['surge', 'fleet/new beside old'],
])('by %s, a bake time during which no worker was there', (strategy, key) => {
  test('does not count: nobody saw that the instances stayed healthy', async () => {
    const baking = ({ steps }: Operation) => {
      const { progress } = steps.find((step) => step.key === key && step.state === 'waiting') ?? {}
      return strategy === 'refresh' ? progress?.detail === 'Baking' : (progress?.percent ?? 0) > 0
    }
    let back = 0
    const simulation = simulateWeb({
      asInLife: true,
      meanwhile: once(baking, ({ clock }) => {
        back = clock.now() + 5 * 60_000
        clock.advanceTo(back)
      }),
    })
    const { ending, steps } = await deployed(simulation, strategy)
    expect(ending).toMatchObject({ kind: 'succeeded' })
    expect(back).toBeGreaterThan(0)
    const watched = steps.find((step) => step.key === (strategy === 'surge' ? key : 'health/every instance'))
    expect((watched?.endedAt ?? 0) - back).toBeGreaterThanOrEqual(webService().gate.bake)
  })
})
