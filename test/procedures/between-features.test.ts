import type { Operation } from '../../src/domain/operation/operation'
import type { Request } from '../../src/domain/operation/request'
import { confirmPlans } from '../support/confirm-plans'
import { newOperation } from '../support/operations'
import { deployShop, rollBackShop, runToEnd as shopToEnd, simulateShop } from '../support/shop'
import {
  catalogueOf,
  type Simulation,
  simulate,
  type SimulationOptions,
  webService,
} from '../support/simulation'

/* What one feature does to another: docs/features-together.md has the table. */

const simulateWeb = (how: Partial<SimulationOptions> = {}): Simulation =>
  simulate({ catalogue: catalogueOf(webService()), guard: { targetGroup: 'Web-TG', minimum: 2 }, ...how })

let count = 0
const runToEnd = async (simulation: Simulation, request: Request): Promise<Operation> => {
  const id = await simulation.start({ ...newOperation(`web-aaaa${(count += 1) % 10}`), request })
  return simulation.untilOver(id)
}
const deploy = (version: string) => ({ procedure: 'deploy', service: 'web', version }) as const
const rollback = { procedure: 'rollback', service: 'web' } as const
const versionsServing = ({ aws }: Simulation) =>
  aws
    .view()
    .instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    .map((one) => one.templateVersion)
const sick = (image: string) => ({ kind: 'never-healthy', image }) as const

describe('a rollback after a deploy that went back by itself', () => {
  const afterFailure = async (meanwhile?: SimulationOptions['meanwhile']) => {
    const simulation = simulateWeb(meanwhile ? { meanwhile } : {})
    expect((await runToEnd(simulation, deploy('v2'))).ending?.kind).toBe('succeeded')
    simulation.aws.setFault(sick('Web Server v3'))
    expect((await runToEnd(simulation, deploy('v3'))).ending?.kind).toBe('rolled back')
    expect(versionsServing(simulation)).toEqual([2, 2])
    return simulation
  }

  test('does not take what serves unasked', async () => {
    const simulation = await afterFailure()
    const back = await runToEnd(simulation, rollback)
    expect(back.plan).toMatchObject({
      confirm: true,
      warnings: [{ code: 'rollback_after_failure', facts: { version: 'v3', serves: 'v2', back: 'v1' } }],
    })
    expect(back.ending).toMatchObject({ kind: 'refused', reason: { code: 'not_confirmed' } })
    expect(versionsServing(simulation)).toEqual([2, 2])
  })

  test('does, on a yes', async () => {
    const simulation = await afterFailure(confirmPlans)
    expect((await runToEnd(simulation, rollback)).ending?.kind).toBe('succeeded')
    expect(versionsServing(simulation)).toEqual([1, 1])
  })

  test('that names its operation wants no further yes', async () => {
    const simulation = await afterFailure()
    const [, first] = await simulation.store.journal.history('web', 2)
    const back = await runToEnd(simulation, { ...rollback, operation: first?.id ?? '' })
    expect(back.ending?.kind).toBe('succeeded')
  })

  test('of two colors takes no color that serves unasked either', async () => {
    const simulation = simulateShop()
    expect((await shopToEnd(simulation, deployShop('v2'))).ending?.kind).toBe('succeeded')
    await simulation.pass(3 * 3_600_000)
    simulation.aws.setFault({
      kind: 'error-before',
      action: 'CreateOrUpdateTags',
      code: 'AccessDenied',
      status: 403,
    })
    expect((await shopToEnd(simulation, deployShop('v3'))).ending?.kind).not.toBe('succeeded')
    simulation.aws.clearFaults()
    const back = await shopToEnd(simulation, rollBackShop)
    expect(back.plan?.warnings).toMatchObject([{ code: 'rollback_after_failure' }])
    expect(back.ending).toMatchObject({ kind: 'refused', reason: { code: 'not_confirmed' } })
  })
})

describe('a rollback while a deploy is under way', () => {
  const during = async (when: (operation: Operation) => boolean) => {
    let asked = false
    const simulation: Simulation = simulateWeb({
      meanwhile: async (now) => {
        for (const id of await now.store.journal.unfinished()) {
          const operation = await now.operation(id)
          const { request } = operation
          if (asked || request.procedure !== 'deploy' || request.version !== 'v3' || !when(operation))
            continue
          asked = true
          await now.start({ ...newOperation('web-back1'), request: rollback })
        }
      },
    })
    await runToEnd(simulation, deploy('v2'))
    simulation.aws.setFault(sick('Web Server v3'))
    await runToEnd(simulation, deploy('v3'))
    await simulation.untilEnded()
    expect(versionsServing(simulation)).toEqual([2, 2])
    return (await simulation.operation('web-back1')).ending
  }

  test('leads to its cancel, and takes nothing back', async () => {
    expect(await during(({ phase }) => phase === 'running')).toMatchObject({
      kind: 'refused',
      reason: { code: 'rollback_while_running', facts: { version: 'v3', phase: 'running' } },
    })
  })

  test('that goes back by itself takes nothing back unasked either', async () => {
    expect(await during(({ phase }) => phase === 'returning')).toMatchObject({ kind: 'refused' })
  })
})

describe('an image that reboots its source', () => {
  const bake = { procedure: 'bake', service: 'web', version: 'v2', reboot: true } as const
  const reboots = ({ aws }: Simulation) => aws.view().images.some(({ name }) => name === 'Web Server v2')

  test('of a group at its minimum is refused', async () => {
    const simulation = simulateWeb({ meanwhile: confirmPlans })
    expect((await runToEnd(simulation, bake)).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'reboot_below_minimum', facts: { group: 'Web-ASG', healthy: 1, minimum: 2 } },
    })
    expect(reboots(simulation)).toBe(false)
    expect(simulation.violations).toEqual([])
  })

  test('that is a target by hand, of no group, is asked', async () => {
    const simulation = simulateWeb()
    const group = simulation.aws.world.groups.get('Web-ASG')
    const [source] = group?.members.keys() ?? []
    if (source === undefined) throw new Error('nobody serves')
    group?.members.delete(source)
    const waited = await runToEnd(simulation, { ...bake, from: source })
    expect(waited.plan).toMatchObject({
      confirm: true,
      warnings: [{ code: 'target_source_reboots', facts: { instance: source, targetGroup: 'Web-TG' } }],
    })
    expect(waited.ending).toMatchObject({ kind: 'refused', reason: { code: 'not_confirmed' } })
    expect(reboots(simulation)).toBe(false)
  })

  test('of a group with one to spare is asked, and keeps the minimum', async () => {
    const wide = async (meanwhile?: SimulationOptions['meanwhile']) => {
      const simulation = simulateWeb(meanwhile ? { meanwhile } : {})
      await runToEnd(simulation, { procedure: 'scale', service: 'web', desired: 3 })
      return simulation
    }
    const unasked = await wide()
    const waited = await runToEnd(unasked, bake)
    expect(waited.plan).toMatchObject({ confirm: true, warnings: [{ code: 'serving_source_reboots' }] })
    expect(waited.ending).toMatchObject({ kind: 'refused', reason: { code: 'not_confirmed' } })
    expect(reboots(unasked)).toBe(false)

    const confirmed = await wide(confirmPlans)
    expect((await runToEnd(confirmed, bake)).ending).toMatchObject({ kind: 'succeeded' })
    expect(confirmed.violations).toEqual([])
  })
})

describe('a version that nobody has seen yet', () => {
  const images = ({ aws }: Simulation) => aws.view().images.map(({ name }) => name)

  test.each([
    ['V1', { code: 'version_in_other_letters', facts: { known: 'v1' } }],
    ['tomorrow', { code: 'version_like_word' }],
    ['rollback', { code: 'version_like_word' }],
  ])('and that is %s is asked back, and not baked', async (version, warning) => {
    const simulation = simulateWeb()
    const asked = await runToEnd(simulation, deploy(version))
    expect(asked.plan).toMatchObject({ confirm: true, warnings: [warning] })
    expect(asked.ending).toMatchObject({ kind: 'refused', reason: { code: 'not_confirmed' } })
    expect(images(simulation)).not.toContain(`Web Server ${version}`)
    expect(versionsServing(simulation)).toEqual([1, 1])
  })
})

describe('a deploy while an event holds a group that somebody had scaled out before', () => {
  test('leaves what it goes back to as it is', async () => {
    const capacity = { min: 2, desired: 2, max: 4, cooldown: 30 }
    const catalogue = catalogueOf(webService({ capacity }))
    const simulation = simulateWeb({ catalogue, meanwhile: confirmPlans })
    const desired = () => simulation.aws.view().groups.find(({ name }) => name === 'Web-ASG')?.desired
    await runToEnd(simulation, { procedure: 'scale', service: 'web', desired: 3 })
    await runToEnd(simulation, {
      procedure: 'schedule',
      service: 'web',
      said: 'tonight 8pm for 3h',
      desired: 4,
    })
    simulation.clock.advanceTo(Date.parse('2026-03-02T20:10+09:00'))
    const deployed = await runToEnd(simulation, deploy('v2'))
    expect(deployed.ending).toMatchObject({ kind: 'succeeded' })
    expect(deployed.plan).toMatchObject({
      warnings: [{ code: 'during_event' }],
      group: { before: { desired: 4 }, after: { desired: 3 } },
    })
    expect(desired()).toBe(4)
    simulation.clock.advanceTo(Date.parse('2026-03-02T23:05+09:00'))
    expect(desired()).toBe(3)
  })
})

test('of two confirmed deploys in line the second is asked anew, with the plan as the first left it', async () => {
  const asked: string[] = []
  const confirming = { ...webService(), confirm: true }
  const simulation = simulate({
    catalogue: catalogueOf(confirming),
    meanwhile: async (running) => {
      const { phase, plan } = await running.operation('web-bbbbb')
      if (phase === 'confirming' && plan && asked.at(-1) !== plan.fingerprint) asked.push(plan.fingerprint)
      await confirmPlans(running)
    },
  })
  const deployOf = (version: string) => ({ procedure: 'deploy', service: 'web', version }) as const
  await simulation.start({ ...newOperation('web-aaaaa'), request: deployOf('v2') })
  await simulation.start({ ...newOperation('web-bbbbb'), request: deployOf('v3') })
  await simulation.untilEnded()
  expect(asked).toHaveLength(2)
  for (const id of ['web-aaaaa', 'web-bbbbb'] as const)
    expect((await simulation.operation(id)).ending).toMatchObject({ kind: 'succeeded' })
})

test('a rollback while an event is on names it, asks nothing, and leaves what it goes back to', async () => {
  const capacity = { min: 2, desired: 2, max: 4, cooldown: 30 }
  let says: SimulationOptions['meanwhile'] = confirmPlans
  const catalogue = catalogueOf(webService({ capacity }))
  const simulation = simulateWeb({ catalogue, meanwhile: async (now) => says?.(now) })
  const sizes = () => simulation.aws.view().groups.find(({ name }) => name === 'Web-ASG')
  await runToEnd(simulation, deploy('v2'))
  const evening = { procedure: 'schedule', service: 'web', said: 'tonight 8pm for 3h' } as const
  await runToEnd(simulation, { ...evening, desired: 6, max: 8 })
  simulation.clock.advanceTo(Date.parse('2026-03-02T20:10+09:00'))
  says = undefined
  const back = await runToEnd(simulation, rollback)
  expect(back.plan?.warnings).toMatchObject([{ code: 'during_event' }])
  expect(back.ending).toMatchObject({ kind: 'succeeded' })
  expect(sizes()).toMatchObject({ min: 2, desired: 6, max: 8 })
  simulation.clock.advanceTo(Date.parse('2026-03-02T23:05+09:00'))
  expect(sizes()).toMatchObject({ min: 2, desired: 2, max: 4 })
})
