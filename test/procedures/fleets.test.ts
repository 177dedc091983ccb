import type { Strategy } from '../../src/domain/catalogue/strategy'
import type { Operation } from '../../src/domain/operation/operation'
import { expectedTime, planRows } from '../../src/messages/plan/plan'
import { mrkdwn } from '../../src/messages/text/render'
import { plantImage } from '../../src/sandbox/aws/seed-image'
import { confirmPlans } from '../support/confirm-plans'
import { newOperation } from '../support/operations'
import {
  anotherVersion,
  dataVolume,
  hook,
  otherTemplate,
  parameter,
  protectAll,
  update,
  warmPool,
  weighted,
} from '../support/fleet-shapes'
import {
  catalogueOf,
  type Simulation,
  simulate,
  type SimulationOptions,
  webService,
} from '../support/simulation'
import { madeByRollcall } from '../support/templates'

const minute = 60_000
const day = 24 * 60 * minute
const guard = { targetGroup: 'Web-TG', minimum: 2 }

/** `web` without sizes of its own: the group's are its owner's. */
const simulateWeb = (
  how: Partial<SimulationOptions> & { service?: Parameters<typeof webService>[0] } = {},
) => {
  const { capacity: _, ...service } = webService(how.service)
  return simulate({ catalogue: catalogueOf(service), guard, ...how })
}

const run = async (simulation: Simulation, request: object, id = 'web-aaaaa'): Promise<Operation> => {
  await simulation.start({ ...newOperation(id), request: { service: 'web', ...request } as never })
  await simulation.untilEnded()
  return simulation.operation(id)
}
const deployed = (simulation: Simulation, strategy: Strategy = 'refresh') =>
  run(simulation, { procedure: 'deploy', version: 'v2', strategy })

const serving = ({ aws }: Simulation) =>
  aws.view().instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
const group = ({ aws }: Simulation) => aws.view().groups.find(({ name }) => name === 'Web-ASG')
const strategies: Strategy[] = ['refresh', 'replace', 'surge']

/** All instances that serve are of the second version, as many as there were, and none was missed on the way. */
const movedOn = (simulation: Simulation, operation: Operation, count = 2) => {
  expect(operation.ending).toMatchObject({ kind: 'succeeded', left: [] })
  expect(serving(simulation).map((one) => one.templateVersion)).toEqual(Array(count).fill(2))
  expect(simulation.violations).toEqual([])
}
const took = ({ createdAt, ending }: Operation) => (ending?.at ?? Number.NaN) - createdAt

describe('F1: weights in a mixed instances policy', () => {
  test.each(strategies)('two instances of four units are a fleet of eight, by %s', async (strategy) => {
    const simulation = simulateWeb({ prepare: weighted })
    movedOn(simulation, await deployed(simulation, strategy))
    expect(group(simulation)).toMatchObject({ min: 8, desired: 8, max: 16, mixed: true, units: 8 })
  })

  test.each(strategies)(
    'sizes of the catalogue that are meant in instances take none away, by %s',
    async (strategy) => {
      const simulation = simulate({ catalogue: catalogueOf(webService()), guard, prepare: weighted })
      const operation = await deployed(simulation, strategy)
      movedOn(simulation, operation)
      expect(group(simulation)).toMatchObject({ min: 8, desired: 8, max: 16, units: 8 })
      expect(operation.plan?.warnings).toContainEqual(
        expect.objectContaining({
          code: 'capacity_not_units',
          facts: { group: 'Web-ASG', desired: 8, max: 4 },
        }),
      )
    },
  )

  test('a scale counts in units', async () => {
    const simulation = simulateWeb({ prepare: weighted })
    expect((await run(simulation, { procedure: 'scale', desired: 12 })).ending).toMatchObject({
      kind: 'succeeded',
    })
    expect(serving(simulation)).toHaveLength(3)
  })

  test.each(strategies)('a new version that never gets healthy goes back, by %s', async (strategy) => {
    const simulation = simulateWeb({
      prepare: (aws) => {
        weighted(aws)
        aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' })
      },
    })
    const operation = await deployed(simulation, strategy)
    expect(operation.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
    expect(serving(simulation).map((one) => one.templateVersion)).toEqual([1, 1])
    expect(simulation.violations).toEqual([])
  })
})

describe('F2: a warm-up longer than the time of the gate', () => {
  test('is waited for, and told in the plan', async () => {
    const simulation = simulateWeb({ prepare: (aws) => update(aws, { HealthCheckGracePeriod: 1800 }) })
    const operation = await deployed(simulation)
    movedOn(simulation, operation)
    const fleet = operation.plan?.tasks.find(({ name }) => name === 'fleet')
    expect(fleet?.expected).toBeGreaterThanOrEqual(60 * minute)
  })

  test('does not let a sick instance off: the gate’s time holds for it', async () => {
    const simulation = simulateWeb({
      prepare: (aws) => {
        update(aws, { HealthCheckGracePeriod: 1800 })
        aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' })
      },
    })
    const operation = await deployed(simulation)
    expect(operation.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
  })
})

describe('F3: an override with a launch template of its own', () => {
  test.each(strategies)('is refused in the plan, which names it, by %s', async (strategy) => {
    const simulation = simulateWeb({ prepare: otherTemplate })
    const operation = await deployed(simulation, strategy)
    expect(operation.ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'override_templates', facts: { group: 'Web-ASG', templates: ['Web-large'] } },
    })
    expect(simulation.aws.view().images.some(({ name }) => name === 'Web Server v2')).toBe(false)
  })
})

describe('F4: instances that are protected from scale-in', () => {
  test.each(strategies)('leave one by one, by %s', async (strategy) => {
    const simulation = simulateWeb({ prepare: protectAll })
    movedOn(simulation, await deployed(simulation, strategy))
  })
})

describe('F5: a warm pool', () => {
  test('is renewed with the rest by a refresh', async () => {
    const simulation = simulateWeb({ prepare: (aws) => warmPool(aws) })
    movedOn(simulation, await deployed(simulation))
    await simulation.pass(20 * minute)
    const warm = simulation.aws.view().instances.filter(({ lifecycle }) => lifecycle?.startsWith('Warmed:'))
    expect(warm.map(({ templateVersion }) => templateVersion)).toEqual([2, 2])
  })

  test.each<Strategy>(['replace', 'surge'])('is why the plan refuses %s', async (strategy) => {
    const simulation = simulateWeb({ prepare: (aws) => warmPool(aws) })
    expect((await deployed(simulation, strategy)).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'warm_pool', facts: { group: 'Web-ASG', strategy } },
    })
  })
})

describe('F6: a launch hook that nobody completes', () => {
  test.each(strategies)('is named with the instance that waits, by %s', async (strategy) => {
    const simulation = simulateWeb({
      prepare: (aws) => hook(aws, { HeartbeatTimeout: 3600 }),
    })
    const operation = await deployed(simulation, strategy)
    expect(operation.ending).toMatchObject({
      kind: 'rolled back',
      reason: {
        code: 'hook_waits',
        facts: { hooks: ['bootstrap'], instances: [expect.stringMatching(/^i-/)] },
      },
    })
    expect(simulation.violations).toEqual([])
  })

  test('that goes on by itself counts as AWS’s own time', async () => {
    const simulation = simulateWeb({
      prepare: (aws) => hook(aws, { HeartbeatTimeout: 1500, DefaultResult: 'CONTINUE' }),
    })
    movedOn(simulation, await deployed(simulation))
  })

  const planRow = ({ plan }: Operation, language: 'en' | 'ko' = 'en') =>
    plan ? mrkdwn(planRows(plan, { language, timezone: 'Asia/Seoul', now: 0 })) : ''

  test.each(strategies)(
    'holds as long as for the last launches: the plan says so, by %s',
    async (strategy) => {
      const simulation = simulateWeb({
        prepare: (aws) => hook(aws, { HeartbeatTimeout: 600, DefaultResult: 'CONTINUE' }),
      })
      await run(simulation, { procedure: 'scale', desired: 3 }, 'web-bbbbb')
      const operation = await deployed(simulation, strategy)
      movedOn(simulation, operation, 3)
      const expected = operation.plan ? expectedTime(operation.plan) : Number.NaN
      expect(took(operation) / expected).toBeGreaterThan(0.75)
      expect(took(operation) / expected).toBeLessThan(1.25)
      expect(planRow(operation)).toMatch(/Launch hooks.*bootstrap.*about 11 min is counted for each launch/)
      expect(planRow(operation, 'ko')).toContain('시작마다 부팅을 포함해 약 11분 반영')
    },
  )

  test('of a group that has launched nothing yet is not counted, which the plan says', async () => {
    const simulation = simulateWeb({
      prepare: (aws) => hook(aws, { HeartbeatTimeout: 600, DefaultResult: 'CONTINUE' }),
    })
    const operation = await deployed(simulation)
    expect(planRow(operation)).toContain('their time is not counted')
    expect(planRow(operation)).toContain('up to about 10 min more for each launch')
  })
})

describe('F7: somebody lowers the group while it is refreshed', () => {
  test.each(strategies)('which is followed and told, by %s', async (strategy) => {
    let lowered = false
    const simulation = simulateWeb({
      guard: { targetGroup: 'Web-TG', minimum: 1 },
      meanwhile: ({ aws }) => {
        const begun = aws.view().instances.some((one) => one.group === 'Web-ASG' && one.templateVersion === 2)
        if (lowered || !begun) return
        lowered = true
        update(aws, { MinSize: 1, DesiredCapacity: 1 })
      },
    })
    const operation = await deployed(simulation, strategy)
    expect(operation.ending).toMatchObject({ kind: 'succeeded' })
    expect(group(simulation)).toMatchObject({ min: 1, desired: 1, max: 4 })
    await simulation.pass(10 * minute)
    expect(serving(simulation).map((one) => one.templateVersion)).toEqual([2])
    expect(operation.notes.map(({ code }) => code)).toContain('sizes_changed')
  })
})

describe('F8: a fleet that has no room to be doubled', () => {
  test('is warned of in the plan', async () => {
    const simulation = simulateWeb({
      prepare: (aws) => void aws.setFault({ kind: 'few-addresses', addresses: 1 }),
    })
    const operation = await deployed(simulation, 'surge')
    expect(operation.plan?.warnings).toContainEqual(
      expect.objectContaining({ code: 'addresses_short', facts: expect.objectContaining({ need: 2 }) }),
    )
  })
})

describe('F9: a volume of a snapshot in the template', () => {
  test('is in the new version as it was', async () => {
    let volume: unknown
    const simulation = simulateWeb({ prepare: (aws) => void (volume = dataVolume(aws)) })
    movedOn(simulation, await deployed(simulation))
    const versions = [...simulation.aws.world.templates.values()].find(({ name }) => name === 'Web')?.versions
    expect(versions?.get(2)?.data.BlockDeviceMappings).toEqual([volume])
  })
})

describe('F10: a template that names its image by a parameter', () => {
  test.each(strategies)('is deployed from, by %s', async (strategy) => {
    const simulation = simulateWeb({ prepare: parameter })
    movedOn(simulation, await deployed(simulation, strategy))
  })

  test('takes the way back instance by instance, which the plan says', async () => {
    const simulation = simulateWeb({
      prepare: (aws) => {
        parameter(aws)
        aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' })
      },
    })
    const operation = await deployed(simulation)
    expect(operation.plan?.warnings).toContainEqual(
      expect.objectContaining({
        code: 'image_by_parameter',
        facts: expect.objectContaining({ parameter: '/golden/web' }),
      }),
    )
    expect(operation.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
    expect(simulation.violations).toEqual([])
  })

  test('is rolled and rolled back to', async () => {
    const simulation = simulateWeb({ prepare: parameter })
    await deployed(simulation)
    const back = await run(simulation, { procedure: 'rollback' }, 'web-bbbbb')
    expect(back.ending).toMatchObject({ kind: 'succeeded' })
    expect(serving(simulation).map(({ templateVersion }) => templateVersion)).toEqual([1, 1])
  })

  test('may have events scheduled', async () => {
    const simulation = simulateWeb({ prepare: parameter, meanwhile: confirmPlans })
    const event = { procedure: 'schedule', said: '2026-03-02T20:00 3h', desired: 3 }
    expect((await run(simulation, event)).ending).toMatchObject({ kind: 'succeeded' })
  })
})

describe('F11: an image of that name that another account shares', () => {
  const owner = '210987654321'
  const shared = (aws: Parameters<typeof update>[0]) =>
    plantImage(aws.simulation, { name: 'Web Server v2', owner, permissions: ['123456789012'] })

  test('is refused while the catalogue does not name its owner, and nothing is baked under its name', async () => {
    const simulation = simulateWeb({ prepare: (aws) => void shared(aws) })
    expect((await deployed(simulation)).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'image_of_others', facts: { name: 'Web Server v2', owner } },
    })
  })

  test('is used where it does', async () => {
    const simulation = simulateWeb({
      prepare: (aws) => void shared(aws),
      service: { image: { name: 'Web Server {version}', owners: [owner], from: { tag: { Name: 'none' } } } },
    })
    movedOn(simulation, await deployed(simulation))
  })
})

describe('F12: launches whose instances die while they are pending', () => {
  test.each(strategies)('stop after a few, in AWS’s words, by %s', async (strategy) => {
    const simulation = simulateWeb({
      prepare: (aws) => void aws.setFault({ kind: 'dies-pending', image: 'Web Server v2' }),
    })
    const operation = await deployed(simulation, strategy)
    expect(operation.ending).toMatchObject({
      kind: 'rolled back',
      reason: {
        code: 'launch_failed',
        facts: { aws: expect.stringContaining('Client.InternalError: Client error on launch') },
      },
    })
    const image = operation.steps.find(({ key }) => key === 'image/available')
    expect(took(operation) - ((image?.endedAt ?? 0) - operation.createdAt)).toBeLessThan(15 * minute)
    expect(simulation.violations).toEqual([])
  })
})

describe('F13: an image of another architecture', () => {
  const arm = { name: 'Web Server v2', architecture: 'arm64' } as const

  test('is refused in the plan of a deploy', async () => {
    const simulation = simulateWeb({ prepare: (aws) => void plantImage(aws.simulation, arm) })
    expect((await deployed(simulation)).ending).toMatchObject({
      kind: 'refused',
      reason: {
        code: 'architecture_differs',
        facts: { image: 'Web Server v2', architecture: 'arm64', types: ['t2.micro'] },
      },
    })
  })

  test('is refused in the plan of a roll', async () => {
    let version = 0
    const simulation = simulateWeb({
      prepare: (aws) => {
        version = anotherVersion(aws, { ImageId: plantImage(aws.simulation, arm) })
      },
    })
    await simulation.pass(minute)
    expect((await run(simulation, { procedure: 'roll', templateVersion: version })).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'architecture_differs' },
    })
  })

  test('is refused where it is named', async () => {
    let from = ''
    const simulation = simulateWeb({
      prepare: (aws) => {
        from = plantImage(aws.simulation, { ...arm, name: 'other' })
      },
    })
    expect((await run(simulation, { procedure: 'deploy', version: 'v2', from })).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'architecture_differs' },
    })
  })
})

test('F14: an image that another account may launch is not pruned', async () => {
  const old = ['v2', 'v3']
  const simulation = simulateWeb({
    service: { keep: { count: 1, for: day } },
    meanwhile: confirmPlans,
    prepare: (aws) => {
      const [first] = old.map((version, at) =>
        madeByRollcall(aws, version, { age: (90 - at) * day, operation: `web-aaaa${at}` }),
      )
      madeByRollcall(aws, 'v4', { age: 50 * day, operation: 'web-aaaa4' })
      aws.world.images.get(first?.image ?? '')?.permissions.add('210987654321')
    },
  })
  await run(simulation, { procedure: 'prune' })
  const names = simulation.aws.view().images.filter(({ state }) => state === 'available')
  expect(names.map(({ name }) => name)).toContain('Web Server v2')
  expect(names.map(({ name }) => name)).not.toContain('Web Server v3')
})

describe('F18: a refusal whose words say that a limit of requests was exceeded', () => {
  test('is throttling, and waited for', async () => {
    const words =
      'Request limit exceeded. (Service: AmazonEC2; Status Code: 503; Error Code: RequestLimitExceeded)'
    const simulation = simulateWeb({
      prepare: (aws) =>
        void aws.setFault({
          kind: 'throttle',
          action: 'StartInstanceRefresh',
          code: 'ValidationError',
          message: words,
          status: 400,
          times: 5,
        }),
    })
    movedOn(simulation, await deployed(simulation))
  })
})
