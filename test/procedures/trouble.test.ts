import type { Strategy } from '../../src/domain/catalogue'
import { atClick } from '../../src/domain/clicks'
import type { NewOperation, Operation } from '../../src/domain/operation'
import { alice, newOperation } from '../support/operations'
import { catalogueOf, type Rehearsal, rehearse, type Rehearsing, webService } from '../support/rehearsal'

const rehearseWeb = (
  how: Partial<Rehearsing> & { service?: Parameters<typeof webService>[0]; minimum?: number } = {},
) =>
  rehearse({
    catalogue: catalogueOf(webService(how.service)),
    guard: { targetGroup: 'Web-TG', minimum: how.minimum ?? 2 },
    ...how,
  })

const ran = async (rehearsal: Rehearsal, operation: NewOperation): Promise<Operation> => {
  const id = await rehearsal.start(operation)
  await rehearsal.untilEnded()
  return rehearsal.operation(id)
}
const deployed = (rehearsal: Rehearsal, strategy: Strategy = 'refresh', id = 'web-aaaaa', version = 'v2') =>
  ran(rehearsal, {
    ...newOperation(id),
    request: { procedure: 'deploy', service: 'web', version, strategy },
  })

const webGroup = ({ aws }: Pick<Rehearsal, 'aws'>) =>
  aws.view().groups.find((group) => group.name === 'Web-ASG')
const versionsServing = ({ aws }: Rehearsal) =>
  aws
    .view()
    .instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    .map((one) => one.templateVersion)
const template = ({ aws }: Pick<Rehearsal, 'aws'>) => {
  const found = aws.view().templates.find((one) => one.name === 'Web')
  if (!found) throw new Error('no template Web')
  return found
}

/** Does something once, when the operation has come so far. */
const once = (
  when: (operation: Operation, rehearsal: Rehearsal) => boolean,
  what: (rehearsal: Rehearsal, operation: Operation) => unknown,
): NonNullable<Rehearsing['meanwhile']> => {
  let happened = false
  return async (rehearsal) => {
    const [id] = await rehearsal.store.journal.unfinished()
    const operation = id === undefined ? undefined : await rehearsal.store.journal.read(id)
    if (happened || !operation || !when(operation, rehearsal)) return
    happened = true
    await what(rehearsal, operation)
  }
}
const under = (key: string) => (operation: Operation) =>
  operation.steps.some((step) => step.key === key && step.state === 'waiting')

const resize =
  (change: Parameters<Rehearsal['account']['groups']['update']>[1]) =>
  ({ account }: Rehearsal) =>
    account.groups.update('Web-ASG', change)

const scaledBy = (by: number) => (rehearsal: Rehearsal) =>
  rehearsal.account.groups.setDesired('Web-ASG', (webGroup(rehearsal)?.desired ?? 0) + by)
const follow = (pin: '$Latest' | number) => async (rehearsal: Rehearsal) =>
  rehearsal.account.groups.update('Web-ASG', { template: { id: template(rehearsal).id, pin } })
const sick = { kind: 'never-healthy', image: 'Web Server v2' } as const
const denied = { code: 'UnauthorizedOperation', status: 403 }

const strategies: readonly Strategy[] = ['refresh', 'replace', 'surge']

describe.each(strategies)('a fleet of an unusual size, by %s,', (strategy) => {
  test('full to its maximum, gets through and keeps its maximum', async () => {
    const rehearsal = rehearseWeb({ service: { capacity: { min: 2, desired: 2, max: 2 } } })
    await resize({ max: 2 })(rehearsal)
    expect((await deployed(rehearsal, strategy)).ending).toMatchObject({ kind: 'succeeded' })
    expect(webGroup(rehearsal)).toMatchObject({ min: 2, desired: 2, max: 2 })
    expect(versionsServing(rehearsal)).toEqual([2, 2])
    expect(rehearsal.violations).toEqual([])
  })

  test('of one instance, is never without one', async () => {
    const rehearsal = rehearseWeb({ minimum: 1, service: { capacity: { min: 1, desired: 1, max: 1 } } })
    await resize({ min: 1, desired: 1, max: 1 })(rehearsal)
    expect((await deployed(rehearsal, strategy)).ending).toMatchObject({ kind: 'succeeded' })
    expect(webGroup(rehearsal)).toMatchObject({ min: 1, desired: 1, max: 1 })
    expect(versionsServing(rehearsal)).toEqual([2])
    expect(rehearsal.violations).toEqual([])
  })

  test('scaled out in mid-roll, keeps what it was given', async () => {
    const rehearsal = rehearseWeb({
      service: { capacity: { min: 2, desired: 2, max: 8 } },
      meanwhile: once(
        ({ steps }) => steps.some(({ key, state }) => key.startsWith('fleet/') && state === 'waiting'),
        scaledBy(1),
      ),
    })
    await resize({ max: 8 })(rehearsal)
    expect((await deployed(rehearsal, strategy)).ending).toMatchObject({ kind: 'succeeded' })
    expect(webGroup(rehearsal)).toMatchObject({ desired: 3 })
    expect(versionsServing(rehearsal)).toEqual([2, 2, 2])
    expect(rehearsal.violations).toEqual([])
  })
})

/** The image is there already, for an empty fleet has nothing to bake it from. */
const shrunk = async (rehearsal: Rehearsal, desired: number): Promise<void> => {
  const bake = { procedure: 'bake', service: 'web', version: 'v2', reboot: false } as const
  await ran(rehearsal, { ...newOperation('web-baked'), request: bake })
  await resize({ min: desired, desired })(rehearsal)
  rehearsal.clock.advanceTo(rehearsal.clock.now() + 10 * 60_000)
}

describe.each(strategies)('a catalogue that wants more instances than there are, by %s,', (strategy) => {
  test('has them pass the gate like all others, from a fleet at zero too', async () => {
    for (const desired of [0, 1]) {
      const rehearsal = rehearseWeb({ minimum: desired })
      await shrunk(rehearsal, desired)
      const { ending, steps } = await deployed(rehearsal, strategy)
      expect(ending).toMatchObject({ kind: 'succeeded' })
      expect(webGroup(rehearsal)).toMatchObject({ min: 2, desired: 2, max: 4, templatePin: '$Default' })
      expect(versionsServing(rehearsal)).toEqual([2, 2])
      expect(rehearsal.aws.healthyTargets('Web-TG')).toBe(2)
      expect(steps.find(({ key }) => key === 'health/every instance')?.outcome).toBe(true)
      expect(rehearsal.violations).toEqual([])
    }
  })

  test('takes them away again when they do not get healthy', async () => {
    for (const desired of [0, 1]) {
      const rehearsal = rehearseWeb({
        minimum: desired,
        // Those that replace the old ones are well; the ones on top are not.
        meanwhile: once(under('health/every instance'), ({ aws }) => aws.setFault(sick)),
      })
      await shrunk(rehearsal, desired)
      const { ending } = await deployed(rehearsal, strategy)
      expect(ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
      expect(webGroup(rehearsal)).toMatchObject({ min: desired, desired, max: 4, templatePin: '$Default' })
      expect(versionsServing(rehearsal)).toEqual(Array(desired).fill(1))
      expect(rehearsal.violations).toEqual([])
    }
  })
})

test('a scale-in that takes the place made for a newcomer does not stop a deploy by replace', async () => {
  const rehearsal = rehearseWeb({
    service: { capacity: { min: 2, desired: 3, max: 8 } },
    meanwhile: once(under('fleet/replace 2'), scaledBy(-1)),
  })
  await resize({ max: 8, desired: 3 })(rehearsal)
  expect((await deployed(rehearsal, 'replace')).ending).toMatchObject({ kind: 'succeeded' })
  expect(new Set(versionsServing(rehearsal))).toEqual(new Set([2]))
  expect(rehearsal.violations).toEqual([])
})

test('an instance that a scale-out launches while a refresh bakes is no reason to go back', async () => {
  const rehearsal = rehearseWeb({
    service: { gate: { bake: 600_000, timeout: 1_200_000 } },
    meanwhile: once(
      ({ steps }) =>
        steps.some(({ key, progress }) => key === 'fleet/refresh 1' && progress?.percent === 100),
      scaledBy(1),
    ),
  })
  expect((await deployed(rehearsal)).ending).toMatchObject({ kind: 'succeeded' })
  expect(versionsServing(rehearsal)).toEqual([2, 2, 2])
})

describe('the way back of a group that follows $Latest', () => {
  test('gives it back once the version that failed is gone', async () => {
    const rehearsal = rehearseWeb({ prepare: (aws) => void aws.setFault(sick) })
    await follow('$Latest')(rehearsal)
    expect((await deployed(rehearsal)).ending).toMatchObject({ kind: 'rolled back' })
    expect(webGroup(rehearsal)).toMatchObject({ templatePin: '$Latest', templateVersion: 1 })
  })

  test('leaves it pinned to the old version where the one that failed cannot be deleted', async () => {
    const rehearsal = rehearseWeb({
      prepare: (aws) => {
        aws.setFault(sick)
        aws.setFault({ kind: 'error-before', action: 'DeleteLaunchTemplateVersions', ...denied })
      },
    })
    await follow('$Latest')(rehearsal)
    const { ending } = await deployed(rehearsal)
    expect(ending).toMatchObject({ kind: 'needs attention', reason: { code: 'new_fleet_unhealthy' } })
    expect(ending?.left).toMatchObject([
      { code: 'way_back_failed', facts: { what: 'template version', code: 'aws_refused' } },
      { code: 'way_back_failed', facts: { what: 'pin', code: 'group_changed' } },
      { code: 'left_image' },
    ])
    expect(webGroup(rehearsal)).toMatchObject({ templatePin: '1', templateVersion: 1 })
    expect(versionsServing(rehearsal)).toEqual([1, 1])
  })
})

describe('what somebody else does while the image is made', () => {
  test.each(strategies)(
    'another template version ends a deploy by %s before it changes anything',
    async (strategy) => {
      const rehearsal = rehearseWeb({
        meanwhile: once(under('image/available'), follow(2)),
      })
      const { id, versions } = template(rehearsal)
      const imageId = versions[0]?.imageId ?? ''
      const theirs = { templateId: id, from: 1, imageId, token: 'theirs', description: 'theirs' }
      await rehearsal.account.templates.createVersion(theirs)
      expect((await deployed(rehearsal, strategy)).ending).toMatchObject({
        kind: 'failed clean',
        reason: { code: 'group_changed', facts: { was: 1, is: 2 } },
        left: [{ code: 'left_image' }],
      })
      expect(webGroup(rehearsal)).toMatchObject({ templatePin: '2', max: 4, cooldown: 300 })
    },
  )

  test('an instance refresh of theirs goes on, and the deploy says whose fault it is', async () => {
    const rehearsal = rehearseWeb({
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
    await follow(1)(rehearsal)
    expect((await deployed(rehearsal)).ending).toMatchObject({
      kind: 'failed clean',
      reason: { code: 'refresh_already_running' },
    })
    expect(await rehearsal.account.groups.refreshes('Web-ASG')).toMatchObject([{ status: 'InProgress' }])
  })

  test('an instance refresh that they start in place of the deploy’s own is left alone, and a person is called', async () => {
    const theirs = { minHealthy: 100, maxHealthy: 150, bake: 0, autoRollback: false, skipMatching: false }
    let cancelled = false
    const rehearsal = rehearseWeb({
      meanwhile: once(
        (operation) => under('fleet/refresh 1')(operation),
        async ({ account }) => {
          cancelled = true
          await account.groups.cancelRefresh('Web-ASG')
        },
      ),
    })
    const starts = rehearsal.aws.onChange(() => {
      const [newest] = rehearsal.aws.view().groups.filter(({ name }) => name === 'Web-ASG')
      if (!cancelled || newest?.refresh?.status !== 'Cancelled') return
      cancelled = false
      void rehearsal.account.groups.startRefresh('Web-ASG', {
        ...theirs,
        templateId: template(rehearsal).id,
        version: 1,
        standby: 'Ignore',
        scaleInProtected: 'Refresh',
      })
    })
    const { ending } = await deployed(rehearsal)
    starts()
    expect(ending).toMatchObject({ kind: 'needs attention', reason: { code: 'refresh_failed' } })
    expect(ending?.left[0]?.facts).toMatchObject({ what: 'fleet', code: 'refresh_already_running' })
    const [newest] = await rehearsal.account.groups.refreshes('Web-ASG')
    expect(newest).toMatchObject({ version: '1', status: expect.stringMatching(/Pending|InProgress/) })
  })

  test('a group that is deleted is told as such', async () => {
    const rehearsal = rehearseWeb({
      meanwhile: once(under('image/available'), ({ aws }) => void aws.world.groups.delete('Web-ASG')),
    })
    expect((await deployed(rehearsal)).ending).toMatchObject({
      kind: 'failed clean',
      reason: { code: 'group_not_found' },
    })
  })
})

test('what serves is not told as left over when AWS refuses the last step', async () => {
  const rehearsal = rehearseWeb({
    prepare: (aws) => void aws.setFault({ kind: 'error-before', action: 'ModifyLaunchTemplate', ...denied }),
  })
  const { ending } = await deployed(rehearsal)
  expect(ending).toMatchObject({ kind: 'needs attention', reason: { code: 'aws_refused' }, left: [] })
  expect(versionsServing(rehearsal)).toEqual([2, 2])
})

test('instances that were protected before a surge counted them stay protected', async () => {
  const protectedOnes = ({ aws }: Rehearsal) =>
    aws.view().instances.filter((one) => one.group === 'Web-ASG' && one.protectedFromScaleIn)
  const rehearsal = rehearseWeb({
    meanwhile: once(
      ({ steps }) =>
        steps.some(({ key, progress }) => key === 'fleet/new beside old' && progress?.percent !== undefined),
      ({ account, aws }) => {
        const newer = aws.view().instances.find((one) => one.group === 'Web-ASG' && one.templateVersion === 2)
        return account.groups.protect('Web-ASG', [newer?.id ?? ''], true)
      },
    ),
  })
  expect((await deployed(rehearsal, 'surge')).ending).toMatchObject({ kind: 'succeeded' })
  expect(protectedOnes(rehearsal)).toHaveLength(1)
})

test('a cancel that comes together with the word to go on is heard too', async () => {
  const rehearsal = rehearseWeb({
    meanwhile: async (now) => {
      const [id] = await now.store.journal.unfinished()
      const operation = id === undefined ? undefined : await now.store.journal.read(id)
      if (id === undefined || !operation) return
      const said = operation.signals.length
      const say = (name: string, kind: 'cancel' | 'go on' | 'go back') =>
        now.say(id, { id: name, kind, by: alice })
      if (said === 0 && under('fleet/replace 2')(operation)) await say('s1', 'cancel')
      if (said === 1 && operation.phase === 'held') {
        await say('s2', 'go on')
        await say('s3', 'cancel')
      }
      const heldAgain = operation.steps.filter(({ key }) => key.startsWith('hold/')).length === 2
      if (said === 3 && heldAgain) await say('s4', 'go back')
    },
  })
  expect((await deployed(rehearsal, 'replace')).ending).toMatchObject({ kind: 'cancelled' })
  expect(versionsServing(rehearsal)).toEqual([1, 1])
})

test('a cancel in the last steps is told that it is too late, and what passed stays', async () => {
  const told: (string | undefined)[] = []
  const rehearsal = rehearseWeb({
    meanwhile: once(
      ({ phase }) => phase === 'finishing',
      (_, operation) => {
        const actor = { user: alice.user, memberships: [] }
        const verdict = atClick({
          catalogue: catalogueOf(webService()),
          kind: 'cancel',
          operation,
          actor,
        })
        told.push(verdict.verdict === 'refuse' ? verdict.reason.code : verdict.verdict)
      },
    ),
    // AWS keeps the last steps waiting for a moment.
    prepare: (aws) => void aws.setFault({ kind: 'throttle', action: 'ModifyLaunchTemplate', times: 4 }),
  })
  expect((await deployed(rehearsal)).ending).toMatchObject({ kind: 'succeeded' })
  expect(told).toEqual(['too_late_to_cancel'])
  expect(versionsServing(rehearsal)).toEqual([2, 2])
})

describe('an operation that stops in the middle of a refresh,', () => {
  /** Instances, versions and what else stands as the refresh left it. */
  const leftCodes = ({ ending }: Operation) => ending?.left.map(({ code }) => code)
  const standing = ['left_midway', 'left_refresh', 'left_group_template', 'left_instances', 'left_image']
  const halfWay = ({ fleet, steps }: Operation) =>
    steps.some(({ key }) => key === 'fleet/refresh 1') &&
    fleet?.cells.some(({ version, health }) => version === 2 && health === 'healthy') === true

  test('because of a fault of its own, tells what it leaves', async () => {
    let broken = false
    const rehearsal = rehearseWeb({
      meanwhile: once(halfWay, () => (broken = true)),
      decide: ({ method }) => {
        // Its journal still hears of it.
        if (broken && /^(groups|traffic|images|templates)\./.test(method))
          throw new TypeError('nobody thought of this')
        return undefined
      },
    })
    const operation = await deployed(rehearsal)
    expect(operation.ending).toMatchObject({ kind: 'needs attention', reason: { code: 'worker_surprise' } })
    expect(leftCodes(operation)).toEqual(standing)
    expect(operation.ending?.left[2]?.facts).toMatchObject({ group: 'Web-ASG', is: 1, was: '$Default' })
  })

  test('because its service is no more in the catalogue, tells the same', async () => {
    const services = new Map([['web', webService()]])
    const rehearsal = rehearseWeb({
      catalogue: { ...catalogueOf(webService()), services },
      meanwhile: once(halfWay, () => services.delete('web')),
    })
    const operation = await deployed(rehearsal)
    expect(operation.ending).toMatchObject({ kind: 'needs attention', reason: { code: 'unknown_service' } })
    expect(leftCodes(operation)).toEqual(standing)
  })
})

test('surprises count in a row only: what went well in between ends it', async () => {
  const turns = new Map<string, number>()
  const rehearsal = rehearseWeb({
    decide: ({ method }) => {
      if (!/^(images|templates|groups)\.(create|createVersion|startRefresh|setDefault)$/.test(method)) return
      const turn = (turns.get(method) ?? 0) + 1
      turns.set(method, turn)
      if (turn <= 4) throw new TypeError('nobody thought of this')
    },
  })
  expect((await deployed(rehearsal)).ending).toMatchObject({ kind: 'succeeded' })
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
    const rehearsal = rehearseWeb({
      asInLife: true,
      meanwhile: once(baking, ({ clock }) => {
        back = clock.now() + 5 * 60_000
        clock.advanceTo(back)
      }),
    })
    const { ending, steps } = await deployed(rehearsal, strategy)
    expect(ending).toMatchObject({ kind: 'succeeded' })
    expect(back).toBeGreaterThan(0)
    const watched = steps.find((step) => step.key === (strategy === 'surge' ? key : 'health/every instance'))
    expect((watched?.endedAt ?? 0) - back).toBeGreaterThanOrEqual(webService().gate.bake)
  })
})
