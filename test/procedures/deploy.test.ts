import type { Strategy } from '../../src/domain/catalogue/strategy'
import type { Operation } from '../../src/domain/operation/operation'
import { alice, bob, newOperation } from '../support/operations'
import {
  catalogueOf,
  type Simulation,
  simulate,
  type SimulationOptions,
  webService,
} from '../support/simulation'

const guard = { targetGroup: 'Web-TG', minimum: 2 }

const simulateWeb = (how: Partial<SimulationOptions> & { service?: Parameters<typeof webService>[0] } = {}) =>
  simulate({ catalogue: catalogueOf(webService(how.service)), guard, ...how })

const deployed = async (simulation: Simulation, strategy: Strategy = 'refresh'): Promise<Operation> => {
  const request = { procedure: 'deploy', service: 'web', version: 'v2', strategy } as const
  const id = await simulation.start({ ...newOperation('web-aaaaa'), request })
  await simulation.untilEnded()
  return simulation.operation(id)
}

const webGroup = ({ aws }: Simulation) => aws.view().groups.find((group) => group.name === 'Web-ASG')
const webTemplate = ({ aws }: Simulation) => aws.view().templates.find((template) => template.name === 'Web')
const images = ({ aws }: Simulation) => aws.view().images.filter((image) => image.name === 'Web Server v2')
const versionsServing = ({ aws }: Simulation) =>
  aws
    .view()
    .instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    .map((one) => one.templateVersion)
/** The steps by name; a plan's key carries its fingerprint. */
const keys = (operation: Operation) =>
  operation.steps.map((step) => step.key).filter((key) => !key.startsWith('plan/'))

/** The fleet exactly as the seed made it. */
const asBefore = (simulation: Simulation) => {
  expect(webGroup(simulation)).toMatchObject({
    min: 2,
    desired: 2,
    max: 4,
    cooldown: 300,
    templatePin: '$Default',
    suspended: [],
    terminationPolicies: ['Default'],
  })
  expect(webTemplate(simulation)).toMatchObject({ default: 1 })
  expect(versionsServing(simulation)).toEqual([1, 1])
  expect(simulation.violations).toEqual([])
}

describe.each<Strategy>(['refresh', 'replace', 'surge'])('a deploy by %s', (strategy) => {
  test('ends with every instance on the new version and the group as S1 says', async () => {
    const simulation = simulateWeb()
    const operation = await deployed(simulation, strategy)
    expect(operation.ending).toEqual({ kind: 'succeeded', at: expect.any(Number), left: [] })
    expect(webGroup(simulation)).toMatchObject({
      min: 2,
      desired: 2,
      max: 4,
      cooldown: 30,
      templatePin: '$Default',
      suspended: [],
      terminationPolicies: ['Default'],
    })
    expect(webTemplate(simulation)).toMatchObject({ default: 2, latest: 2 })
    expect(versionsServing(simulation)).toEqual([2, 2])
    expect(images(simulation)).toMatchObject([
      { state: 'available', tags: { 'rollcall:operation': 'web-aaaaa', 'rollcall:version': 'v2' } },
    ])
    expect(simulation.violations).toEqual([])
    expect(await simulation.store.journal.queue('web')).toEqual([])
  })

  test('goes back by itself when the new instances never get healthy, and never hurts the old', async () => {
    const simulation = simulateWeb({
      prepare: (aws) => void aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' }),
    })
    const operation = await deployed(simulation, strategy)
    expect(operation.ending).toMatchObject({
      kind: 'rolled back',
      // Those that serve all the while are not among the new.
      reason: { code: 'new_fleet_unhealthy', facts: { healthy: 0, wanted: 2, after: expect.any(Number) } },
    })
    asBefore(simulation)
  })

  test('goes back by itself when AWS has no capacity', async () => {
    const simulation = simulateWeb({ prepare: (aws) => void aws.setFault({ kind: 'capacity-shortage' }) })
    const operation = await deployed(simulation, strategy)
    expect(operation.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'capacity_short' } })
    asBefore(simulation)
  })
})

test('what a failed deploy leaves behind, still terminating, is no source for the next image', async () => {
  const simulation = simulateWeb({
    prepare: (aws) => void aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' }),
  })
  await deployed(simulation)
  simulation.aws.clearFaults()
  const request = { procedure: 'deploy', service: 'web', version: 'v3' } as const
  const id = await simulation.start({ ...newOperation('web-bbbbb'), request })
  await simulation.untilEnded()
  expect((await simulation.operation(id)).ending).toMatchObject({ kind: 'succeeded' })
})

describe('the runbook of a deploy', () => {
  test('by refresh', async () => {
    expect(keys(await deployed(simulateWeb()))).toMatchSnapshot()
  })
  test('by replace', async () => {
    expect(keys(await deployed(simulateWeb(), 'replace'))).toMatchSnapshot()
  })
  test('by surge', async () => {
    expect(keys(await deployed(simulateWeb(), 'surge'))).toMatchSnapshot()
  })
})

describe('a deploy that meets trouble', () => {
  test('explains an image that failed, and has touched nothing', async () => {
    const simulation = simulateWeb({ prepare: (aws) => void aws.setFault({ kind: 'image-fails' }) })
    const operation = await deployed(simulation)
    expect(operation.ending).toMatchObject({
      kind: 'failed clean',
      reason: { code: 'image_failed', facts: { name: 'Web Server v2', aws: expect.stringMatching(/\w/) } },
      left: [{ code: 'left_image', facts: { unusable: 'failed' } }],
    })
    asBefore(simulation)
  })

  test('is refused after an hour in which AWS answers nothing, and leaves its turn to the next', async () => {
    const simulation = simulateWeb({ prepare: (aws) => void aws.setFault({ kind: 'throttle' }) })
    const operation = await deployed(simulation)
    expect(operation.ending).toMatchObject({ kind: 'refused', reason: { code: 'aws_unanswered' } })
    expect(await simulation.store.journal.queue('web')).toEqual([])
  })

  test('fails clean when somebody deregisters the image that is being made', async () => {
    let gone = false
    const simulation = simulateWeb({
      meanwhile: async ({ aws }) => {
        const [image] = aws.view().images.filter(({ name }) => name === 'Web Server v2')
        if (!image || gone) return
        gone = true
        aws.world.images.delete(image.id)
      },
    })
    const operation = await deployed(simulation)
    expect(operation.ending).toMatchObject({ kind: 'failed clean', reason: { code: 'image_not_found' } })
    asBefore(simulation)
  })

  test('says so when there is nothing to do, and replaces nothing', async () => {
    const simulation = simulateWeb()
    await deployed(simulation)
    const before = webGroup(simulation)?.instances
    const id = await simulation.start(newOperation('web-bbbbb'))
    await simulation.untilEnded()
    expect((await simulation.operation(id)).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'nothing_to_do' },
    })
    expect(webGroup(simulation)?.instances).toEqual(before)
  })

  test('bakes the next version of what serves, while the last deploy still drains its old instances', async () => {
    const simulation = simulateWeb()
    await deployed(simulation)
    const draining = simulation.aws.view().instances.filter((one) => one.group === 'Web-ASG')
    expect(new Set(draining.map((one) => one.imageName)).size).toBe(2)
    const request = { procedure: 'deploy', service: 'web', version: 'v3' } as const
    const id = await simulation.start({ ...newOperation('web-bbbbb'), request })
    await simulation.untilEnded()
    expect((await simulation.operation(id)).ending).toMatchObject({ kind: 'succeeded' })
  })

  test('queues behind the one before it and then finds nothing left to do', async () => {
    const simulation = simulateWeb()
    const first = await simulation.start(newOperation('web-aaaaa'))
    const second = await simulation.start(newOperation('web-bbbbb'))
    await simulation.untilEnded()
    expect((await simulation.operation(first)).ending?.kind).toBe('succeeded')
    expect((await simulation.operation(second)).ending).toMatchObject({ reason: { code: 'nothing_to_do' } })
    expect(images(simulation)).toHaveLength(1)
  })

  test('queues behind one whose refresh already runs, and has its turn after it', async () => {
    let second: string | undefined
    const simulation = simulateWeb({
      meanwhile: async ({ aws, start }) => {
        const refreshing = aws.view().groups.some(({ refresh }) => refresh?.status === 'InProgress')
        if (second !== undefined || !refreshing) return
        second = 'web-bbbbb'
        const request = { procedure: 'deploy', service: 'web', version: 'v3' } as const
        await start({ ...newOperation(second), request })
      },
    })
    await simulation.start(newOperation('web-aaaaa'))
    await simulation.untilEnded()
    expect((await simulation.operation('web-aaaaa')).ending?.kind).toBe('succeeded')
    expect((await simulation.operation('web-bbbbb')).ending?.kind).toBe('succeeded')
    expect(versionsServing(simulation)).toEqual([3, 3])
  })

  test('is refused to somebody who may not, before anything is read or changed for them', async () => {
    const simulation = simulateWeb()
    const id = await simulation.start({ ...newOperation('web-aaaaa'), requester: bob })
    await simulation.untilEnded()
    expect((await simulation.operation(id)).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'not_allowed' },
    })
    expect(simulation.aws.calls().filter((call) => call.mutating)).toEqual([])
  })
})

describe('cancelling a deploy in its middle', () => {
  const cancelled = (word: 'go back' | 'go on') => {
    let said = 0
    return simulateWeb({
      meanwhile: async (simulation) => {
        const [id] = await simulation.store.journal.unfinished()
        const operation = id && (await simulation.store.journal.read(id))
        if (!id || !operation) return
        const busy = operation.steps.some((step) => step.key.startsWith('fleet/') && step.state === 'waiting')
        if (said === 0 && busy && operation.phase === 'running') {
          said = 1
          await simulation.signal(id, { id: 's1', kind: 'cancel', by: alice })
        } else if (said === 1 && operation.phase === 'held') {
          said = 2
          await simulation.signal(id, { id: 's2', kind: word, by: alice })
        }
      },
    })
  }

  test.each<Strategy>(['refresh', 'replace', 'surge'])('by %s, and going back', async (strategy) => {
    const simulation = cancelled('go back')
    const operation = await deployed(simulation, strategy)
    expect(operation.ending).toMatchObject({ kind: 'cancelled', reason: { code: 'cancelled_by_person' } })
    asBefore(simulation)
  })

  test.each<Strategy>(['refresh', 'replace', 'surge'])('by %s, and going on after all', async (strategy) => {
    const simulation = cancelled('go on')
    const operation = await deployed(simulation, strategy)
    expect(operation.ending).toMatchObject({ kind: 'succeeded' })
    expect(versionsServing(simulation)).toEqual([2, 2])
    expect(simulation.violations).toEqual([])
  })
})

describe('a rollback', () => {
  test('takes the fleet to where the deploy came from, and freezes forward deploys', async () => {
    const simulation = simulateWeb()
    await deployed(simulation)
    const request = { procedure: 'rollback', service: 'web' } as const
    const id = await simulation.start({ ...newOperation('web-bbbbb'), request })
    await simulation.untilEnded()
    expect((await simulation.operation(id)).ending?.kind).toBe('succeeded')
    expect(versionsServing(simulation)).toEqual([1, 1])
    expect(webTemplate(simulation)).toMatchObject({ default: 1, latest: 2 })
    expect(webGroup(simulation)).toMatchObject({ templatePin: '$Default', min: 2, desired: 2, max: 4 })
    expect(await simulation.store.locks.of('web')).toMatchObject([{ kind: 'freeze', operation: 'web-bbbbb' }])
    expect(simulation.violations).toEqual([])

    const again = await simulation.start({ ...newOperation('web-ccccc'), request })
    const forward = await simulation.start(newOperation('web-ddddd'))
    await simulation.untilEnded()
    expect((await simulation.operation(again)).ending).toMatchObject({
      reason: { code: 'nothing_to_roll_back' },
    })
    expect((await simulation.operation(forward)).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'frozen_after_rollback' },
    })
  })
})

describe('a group whose template somebody else moves meanwhile', () => {
  test.each<Strategy>(['replace', 'surge'])('is taken back to what was recorded (%s)', async (strategy) => {
    let meddled = false
    const simulation = simulateWeb({
      meanwhile: async ({ account, aws }) => {
        const group = aws.view().groups.find((one) => one.name === 'Web-ASG')
        const template = aws.view().templates.find((one) => one.name === 'Web')
        if (meddled || group?.templatePin !== '2' || !template) return
        meddled = true
        await account.groups.update('Web-ASG', { template: { id: template.id, pin: 1 } })
      },
    })
    const operation = await deployed(simulation, strategy)
    expect(operation.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'group_changed' } })
    asBefore(simulation)
  })
})
