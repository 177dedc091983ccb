import type { Service } from '../../src/domain/catalogue/catalogue'
import { hour, minute } from '../../src/domain/time/time'
import { ids } from '../../src/sandbox/aws/seed-network'
import { launchInstance } from '../../src/sandbox/aws/ec2/launch'
import { newOperation } from '../support/operations'
import {
  catalogueOf,
  type Simulation,
  simulate,
  type SimulationOptions,
  webService,
} from '../support/simulation'
import { madeByRollcall } from '../support/templates'
import { confirmPlans } from '../support/confirm-plans'

const day = 24 * hour
const thrifty = (facts: Partial<Service> = {}) => webService({ keep: { count: 1, for: 30 * day }, ...facts })
const simulateWeb = (how: Partial<SimulationOptions> = {}): Simulation =>
  simulate({ catalogue: catalogueOf(thrifty()), meanwhile: confirmPlans, ...how })

let count = 0
const prune = async (simulation: Simulation) => {
  const id = `web-p${String((count += 1)).padStart(4, '0')}`
  await simulation.start({ ...newOperation(id), request: { procedure: 'prune', service: 'web' } })
  await simulation.untilEnded()
  return simulation.operation(id)
}
const deploy = async (simulation: Simulation, version: string) => {
  const id = `web-d${String((count += 1)).padStart(4, '0')}`
  await simulation.start({ ...newOperation(id), request: { procedure: 'deploy', service: 'web', version } })
  await simulation.untilEnded()
  return simulation.operation(id)
}

/** Two old versions that nobody needs, and a newer one that is among those kept. */
const seedOld = ({ aws }: Simulation) => {
  const first = madeByRollcall(aws, 'v2', { age: 90 * day, operation: 'web-aaaa2' })
  const second = madeByRollcall(aws, 'v3', { age: 60 * day, operation: 'web-aaaa3' })
  const newest = madeByRollcall(aws, 'v4', { age: 50 * day, operation: 'web-aaaa4' })
  return { first, second, newest }
}
const left = ({ aws }: Simulation) => ({
  images: aws
    .view()
    .images.filter(({ name, state }) => name.startsWith('Web Server') && state !== 'deregistered')
    .map(({ name }) => name.replace('Web Server ', '')),
  versions: [...(aws.world.templates.get(ids.webTemplate)?.versions.keys() ?? [])],
  snapshots: [...aws.world.snapshots.keys()].length,
})
const calls = ({ aws }: Simulation, action: string) => aws.calls().filter((call) => call.action === action)
const fateOf = (done: Awaited<ReturnType<typeof prune>>, key: string) =>
  done.steps.find((step) => step.key === key)?.outcome

test('what a year of deploys left behind goes, and what serves and can be gone back to stays', async () => {
  const simulation = simulateWeb()
  for (const version of ['v2', 'v3', 'v4', 'v5']) {
    await deploy(simulation, version)
    await simulation.pass(20 * day)
  }
  await simulation.pass(40 * day)
  expect(left(simulation)).toMatchObject({
    images: ['v1', 'v2', 'v3', 'v4', 'v5'],
    versions: [1, 2, 3, 4, 5],
  })
  const done = await prune(simulation)
  expect(done.ending).toMatchObject({ kind: 'succeeded', left: [] })
  // Not v1 and version 1, which Rollcall did not make; not v4, to which the last deploy can go back.
  expect(left(simulation)).toEqual({ images: ['v1', 'v4', 'v5'], versions: [1, 4, 5], snapshots: 4 })
  expect(done.plan?.prune).toMatchObject({ kept: { used: 4, newest: 0, young: 0 } })
  await simulation.start({ ...newOperation('web-back1'), request: { procedure: 'rollback', service: 'web' } })
  await simulation.untilEnded()
  expect((await simulation.operation('web-back1')).ending).toMatchObject({ kind: 'succeeded' })
})

test('nothing goes before its requester has seen the plan and said yes', async () => {
  const simulation = simulateWeb({ meanwhile: () => {} })
  seedOld(simulation)
  const before = left(simulation)
  const { ending, plan } = await prune(simulation)
  expect(ending).toMatchObject({ kind: 'refused', reason: { code: 'not_confirmed' } })
  expect(plan?.prune).toMatchObject({
    versions: [{ number: 2 }, { number: 3 }],
    images: [{ name: 'Web Server v2' }, { name: 'Web Server v3' }],
    kept: { used: 2, newest: 0, young: 0 },
  })
  expect(left(simulation)).toEqual(before)
})

test('where all of it is needed, or too young, it says so and asks for nothing', async () => {
  const simulation = simulateWeb()
  madeByRollcall(simulation.aws, 'v2', { age: 10 * day, operation: 'web-aaaa2' })
  madeByRollcall(simulation.aws, 'v3', { age: 5 * day, operation: 'web-aaaa3' })
  // Version 3 is the newest, and both images are launched by versions that stay.
  const facts = { used: 3, newest: 0, young: 1, count: 1 }
  const { ending } = await prune(simulation)
  expect(ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_prune', facts } })
})

describe('looked at once more right before it goes,', () => {
  type Seeded = ReturnType<typeof seedOld>
  const cases: [string, (simulation: Simulation, seeded: Seeded) => void, object][] = [
    [
      'an image from which somebody launched an instance stays',
      ({ aws, clock }, { first }) => {
        const order = { imageId: first.image, type: 't2.micro', subnet: ids.privateA, securityGroups: [] }
        const launched = launchInstance(aws.simulation, { ...order, tags: new Map() })
        Object.assign(launched, { visibleAt: clock.now() })
      },
      { did: 'kept', uses: [{ kind: 'running', count: 1 }] },
    ],
    [
      'an image that another template has come to launch stays',
      ({ aws }, { first }) => {
        const shop = aws.world.templates.get(ids.shopTemplate)?.versions.get(1)
        if (shop) Object.assign(shop.data, { ImageId: first.image })
      },
      { did: 'kept', uses: [{ kind: 'version', template: 'shop' }] },
    ],
    [
      'an image whose tags somebody took away stays',
      ({ aws }, { first }) => aws.world.images.get(first.image)?.tags.delete('rollcall:operation'),
      { did: 'changed' },
    ],
    [
      'an image that somebody deregistered meanwhile is counted as gone',
      ({ aws }, { first }) => void aws.world.images.delete(first.image),
      { did: 'deleted' },
    ],
  ]
  test.each(cases)('%s', async (_what, meddle, fate) => {
    const seeded: Seeded[] = []
    const simulation: Simulation = simulateWeb({
      inject: ({ method }) => {
        const [known] = seeded
        // The versions are gone by now, the images come next.
        if (known && method === 'templates.deleteVersions') meddle(simulation, known)
        return undefined
      },
    })
    seeded.push(seedOld(simulation))
    const [{ first, second } = seedOld(simulation)] = seeded
    const done = await prune(simulation)
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(fateOf(done, `images/deregister ${first.image}`)).toEqual(fate)
    expect(fateOf(done, `images/deregister ${second.image}`)).toEqual({ did: 'deleted' })
  })

  test('a version that a group was pinned to meanwhile stays, and its image with it', async () => {
    const pins: number[] = []
    const simulation: Simulation = simulateWeb({
      meanwhile: async (now) => {
        const [id] = await now.store.journal.unfinished()
        const shown = id && (await now.operation(id)).phase === 'confirming'
        await confirmPlans(now)
        if (!shown || pins.length > 0) return
        pins.push(2)
        const group = now.aws.world.groups.get('shop-green')
        if (group) Object.assign(group, { template: { id: ids.webTemplate, name: 'Web', version: '2' } })
      },
    })
    const { first } = seedOld(simulation)
    const done = await prune(simulation)
    // The plan that was agreed to is not the one that holds now: it was asked anew, and that one spares them.
    expect(done.signals.map(({ kind }) => kind)).toEqual(['confirm', 'confirm'])
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(left(simulation).versions).toContain(2)
    expect(simulation.aws.world.images.has(first.image)).toBe(true)
  })

  test('a version that a group was pinned to just before it was asked for again stays, and its image with it', async () => {
    let asked = 0
    const simulation: Simulation = simulateWeb({
      inject: ({ method }) => {
        if (method !== 'templates.deleteVersions' || (asked += 1) > 1) return undefined
        const group = simulation.aws.world.groups.get('shop-green')
        if (group) Object.assign(group, { template: { id: ids.webTemplate, name: 'Web', version: '2' } })
        return 'fail'
      },
    })
    const { first, second } = seedOld(simulation)
    const done = await prune(simulation)
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(fateOf(done, `versions/delete ${ids.webTemplate}`)).toEqual({
      2: { did: 'kept', uses: [{ kind: 'group', group: 'shop-green', pinned: true }] },
      3: { did: 'deleted' },
    })
    expect(fateOf(done, `images/deregister ${first.image}`)).toMatchObject({ did: 'kept' })
    expect(fateOf(done, `images/deregister ${second.image}`)).toEqual({ did: 'deleted' })
  })

  test('a snapshot that another image has come to share stays', async () => {
    const simulation: Simulation = simulateWeb({
      inject: ({ method }) => {
        const known = simulation.aws.world.images.get(ids.shopImage)
        if (method === 'images.deregister' && known)
          simulation.aws.world.images.set(known.id, { ...known, snapshots: [first.snapshot] })
        return undefined
      },
    })
    const { first } = seedOld(simulation)
    const done = await prune(simulation)
    expect(fateOf(done, `images/snapshot ${first.snapshot}`)).toEqual({ did: 'changed' })
    expect(simulation.aws.world.snapshots.has(first.snapshot)).toBe(true)
  })

  test('nothing goes while AWS does not answer, and all goes when it does again', async () => {
    const simulation: Simulation = simulateWeb({
      inject: ({ method }) => {
        if (method === 'templates.deleteVersions') {
          const fault = simulation.aws.setFault({
            kind: 'error-before',
            action: 'DescribeInstances',
            status: 500,
          })
          simulation.clock.at(simulation.clock.now() + 10 * minute, () => {
            expect(calls(simulation, 'DeregisterImage')).toEqual([])
            simulation.aws.clearFaults(fault)
          })
        }
        return undefined
      },
    })
    seedOld(simulation)
    expect((await prune(simulation)).ending).toMatchObject({ kind: 'succeeded' })
    expect(left(simulation).images).toEqual(['v1', 'v4'])
  })
})

test('where EC2 tells late of what is deleted, all goes that may', async () => {
  const simulation = simulateWeb()
  seedOld(simulation)
  simulation.aws.setFault({ kind: 'late-consistency', seconds: 60 })
  await simulation.pass(2 * minute)
  expect((await prune(simulation)).ending).toMatchObject({ kind: 'succeeded' })
  expect(left(simulation)).toEqual({ images: ['v1', 'v4'], versions: [1, 4], snapshots: 3 })
})

describe('what AWS refuses', () => {
  const refusal = { kind: 'error-before', code: 'UnauthorizedOperation', status: 403, times: 1 } as const

  test('is told one by one, and the rest goes all the same', async () => {
    const simulation = simulateWeb()
    const { first } = seedOld(simulation)
    simulation.aws.setFault({ ...refusal, action: 'DeregisterImage' })
    simulation.aws.setFault({ ...refusal, action: 'DeleteSnapshot' })
    const { ending } = await prune(simulation)
    expect(ending).toMatchObject({
      kind: 'needs attention',
      reason: { code: 'prune_incomplete', facts: { count: 2 } },
      left: [
        {
          code: 'left_undeleted',
          facts: { what: 'image', name: 'Web Server v2', awsCode: 'UnauthorizedOperation' },
        },
        { code: 'left_undeleted', facts: { what: 'snapshot', name: 'Web Server v3' } },
      ],
    })
    expect(left(simulation)).toMatchObject({ images: ['v1', 'v2', 'v4'], versions: [1, 4] })
    expect(simulation.aws.world.snapshots.has(first.snapshot)).toBe(true)
    // Once AWS lets it, the next one finds what was left: the image, and the snapshot of one that is gone.
    const again = await prune(simulation)
    expect(again.plan?.prune).toMatchObject({ images: [{ name: 'Web Server v2' }], snapshots: [{}] })
    expect(again.ending).toMatchObject({ kind: 'succeeded' })
    expect(left(simulation)).toEqual({ images: ['v1', 'v4'], versions: [1, 4], snapshots: 3 })
  })

  test('of a template version leaves its image too, which it still launches', async () => {
    const simulation = simulateWeb()
    seedOld(simulation)
    simulation.aws.setFault({ ...refusal, action: 'DeleteLaunchTemplateVersions' })
    const { ending, steps } = await prune(simulation)
    expect(ending).toMatchObject({ kind: 'needs attention', left: [{}, {}] })
    expect(calls(simulation, 'DeregisterImage')).toEqual([])
    const kept = steps.filter(({ key }) => key.startsWith('images/deregister')).map(({ outcome }) => outcome)
    expect(kept).toMatchObject([
      { did: 'kept', uses: [{ kind: 'version', number: 2 }] },
      { did: 'kept', uses: [{ kind: 'version', number: 3 }] },
    ])
  })

  test('a snapshot still in use of the image that just went is asked for again until it goes', async () => {
    const simulation = simulateWeb()
    seedOld(simulation)
    simulation.aws.setFault({
      kind: 'error-before',
      action: 'DeleteSnapshot',
      code: 'InvalidSnapshot.InUse',
      status: 400,
      times: 5,
    })
    expect((await prune(simulation)).ending).toMatchObject({ kind: 'succeeded' })
    expect(left(simulation).snapshots).toBe(3)
  })
})

test('one that is cancelled in its middle stops there, says what is gone, and the next takes up what is left', async () => {
  let said = false
  const simulation: Simulation = simulateWeb({
    meanwhile: async (now) => {
      await confirmPlans(now)
      if (said || calls(now, 'DeregisterImage').length === 0) return
      said = true
      for (const id of await now.store.journal.unfinished())
        await now.signal(id, { id: 'stop', kind: 'cancel', by: { user: 'U0ALICE', team: 'T0' } })
    },
  })
  seedOld(simulation)
  // EC2 goes on telling of the image for a while, and in that while somebody says to stop.
  simulation.aws.setFault({ kind: 'late-consistency', seconds: 30 })
  await simulation.pass(minute)
  const stopped = await prune(simulation)
  expect(stopped.ending).toMatchObject({ kind: 'cancelled', left: [{ code: 'left_snapshots' }] })
  expect(left(simulation)).toMatchObject({ images: ['v1', 'v3', 'v4'] })
  simulation.aws.clearFaults()
  expect((await prune(simulation)).ending).toMatchObject({ kind: 'succeeded' })
  expect(left(simulation)).toEqual({ images: ['v1', 'v4'], versions: [1, 4], snapshots: 3 })
})

test('an operation that waits in line for an old version keeps it', async () => {
  const simulation = simulateWeb({ meanwhile: () => {} })
  seedOld(simulation)
  const roll = { procedure: 'roll', service: 'web', templateVersion: 2 } as const
  simulation.aws.setFault({ kind: 'throttle' })
  await simulation.start({ ...newOperation('web-roll2'), request: roll })
  const plan = async () => {
    simulation.aws.clearFaults()
    const { runbookFor } = await import('../../src/procedures')
    const now = simulation.clock.now()
    const { account, store } = simulation
    const request = { procedure: 'prune', service: 'web' } as const
    const service = thrifty()
    const desk = { service, account, elsewhere: [], askedAt: now, now, ...store }
    return runbookFor(request, service).plan(request, desk)
  }
  expect(await plan()).toMatchObject({ ok: true, value: { prune: { versions: [{ number: 3 }] } } })
})

test('an image that failed goes at once, so that its version can be deployed again', async () => {
  const simulation = simulateWeb({ prepare: (aws) => void aws.setFault({ kind: 'image-fails' }) })
  const failure = { code: 'image_failed', facts: { name: 'Web Server v2', service: 'web' } }
  expect((await deploy(simulation, 'v2')).ending).toMatchObject({ kind: 'failed clean', reason: failure })
  simulation.aws.clearFaults()
  expect((await deploy(simulation, 'v2')).ending).toMatchObject({ kind: 'refused', reason: failure })
  const pruned = await prune(simulation)
  expect(pruned.ending).toMatchObject({ kind: 'succeeded' })
  expect(pruned.plan?.prune?.images).toMatchObject([{ name: 'Web Server v2' }])
  expect((await deploy(simulation, 'v2')).ending).toMatchObject({ kind: 'succeeded' })
})
