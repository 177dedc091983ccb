import { factsOf, operationView } from '../../src/gateway/operation-view/operation-view'
import { openWindows } from '../../src/gateway/operation-view/standby-window'
import type { Operation } from '../../src/domain/operation/operation'
import { hour, minute } from '../../src/domain/time/time'
import type { OperationFacts } from '../../src/messages/operation/facts'
import { frontDesk, texts } from '../support/gateway-deps'
import { alice, bob, newOperation } from '../support/operations'
import { catalogueOf, type Simulation } from '../support/simulation'
import { call, runToEnd, colorOf, deployShop, finishShop, simulateShop, shopService } from '../support/shop'

const voice = { language: 'en', timezone: 'Asia/Seoul', now: 0 } as const
const dollars = (amount: number) => ({ amount, currency: 'USD' })

/** A gateway on the journal of a simulation: what is clicked there is carried out here. */
const deskOn = (
  { store, clock }: Simulation,
  prices: NonNullable<ReturnType<typeof shopService>['prices']> = {},
) => {
  const refreshed: string[] = []
  const desk = frontDesk({
    catalogue: catalogueOf(shopService({ prices })),
    clock: { now: () => clock.now(), real: (span) => span },
    journal: store.journal,
    locks: store.locks,
    timers: store.timers,
    refreshMessage: (id) => void refreshed.push(id),
  })
  return { ...desk, refreshed }
}
const factsIn = async (
  simulation: Simulation,
  id: string,
  desk = deskOn(simulation),
): Promise<OperationFacts> => factsOf(desk.desk, await simulation.operation(id), voice)
const untilOf = async ({ store }: Simulation): Promise<number> => (await store.timers.of('shop'))[0]?.at ?? 0
const ofKind = async ({ store }: Simulation, procedure: string): Promise<readonly Operation[]> => {
  const unfinished = await Promise.all((await store.journal.unfinished()).map(store.journal.read))
  const all = [...unfinished.filter((one) => one !== undefined), ...(await store.journal.history('shop', 50))]
  return all.filter(({ request }) => request.procedure === procedure)
}
const opened = async (how: Parameters<typeof simulateShop>[0] = {}) => {
  const simulation = simulateShop(how)
  const deploy = await runToEnd(simulation, deployShop())
  return { simulation, deploy, until: await untilOf(simulation) }
}
/** Facts of an operation while another one is at work. */
const factsDuring = async (asked: (deploy: string) => Operation['request']) => {
  let seen: OperationFacts | undefined
  const first = { id: '' }
  const slow = { kind: 'throttle', action: 'TerminateInstanceInAutoScalingGroup', times: 2 } as const
  const { simulation, deploy } = await opened({
    prepare: (aws) => void aws.setFault(slow),
    meanwhile: async (now) => {
      const [id] = await now.store.journal.unfinished()
      const one = id === undefined ? undefined : await now.store.journal.read(id)
      if (one?.id === 'shop-other' && one.startedAt !== undefined) seen ??= await factsIn(now, first.id)
    },
  })
  first.id = deploy.id
  await simulation.start({ ...newOperation('shop-other', 'shop'), request: asked(deploy.id) })
  await simulation.untilEnded()
  return { simulation, deploy, seen }
}

describe('under a deploy', () => {
  it('the window says until when which color stands by, with what, and how soon it would be back', async () => {
    const { simulation, deploy, until } = await opened()
    const desk = deskOn(simulation, { 't2.micro': dollars(0.0144) })
    const facts = await factsIn(simulation, deploy.id, desk)
    expect(facts.window).toEqual({
      until,
      color: 'blue',
      version: 'v1',
      instances: 4,
      types: { 't2.micro': 4 },
      cost: { amount: expect.closeTo(0.0576), currency: 'USD' },
    })
    expect(facts.rollback).toEqual({ to: 'v1', expected: minute })
    expect(await openWindows(desk.desk)).toEqual([deploy.id])
  })

  it('the window names no money without a price for each instance type', async () => {
    const { simulation, deploy } = await opened()
    for (const prices of [{}, { 'm5.large': dollars(1) }])
      expect((await factsIn(simulation, deploy.id, deskOn(simulation, prices))).window?.cost).toBeUndefined()
  })

  it('the window gives way to the end of it, and who asked for that', async () => {
    const { simulation, deploy, seen } = await factsDuring(() => finishShop)
    expect(seen?.windowEnding).toEqual({ operation: 'shop-other', by: alice.user })
    expect(seen?.window).toBeUndefined()
    // What is left is the long way: the old version comes up anew.
    const after = await factsIn(simulation, deploy.id)
    expect([after.window, after.windowEnding]).toEqual([undefined, undefined])
    expect(after.rollback?.to).toBe('v1')
    expect(after.rollback?.expected).toBeGreaterThan(2 * minute)
    expect(await openWindows(deskOn(simulation).desk)).toEqual([])
  })

  it('the window gives way to the rollback, which is related to it', async () => {
    const { simulation, deploy, seen } = await factsDuring((operation) => ({
      procedure: 'rollback',
      service: 'shop',
      operation,
    }))
    for (const facts of [seen, await factsIn(simulation, deploy.id)]) {
      expect(facts?.rolledBack).toEqual({ operation: 'shop-other', by: alice.user })
      expect([facts?.window, facts?.rollback]).toEqual([undefined, undefined])
    }
    const { related } = operationView(deskOn(simulation).desk)
    expect(await related(await simulation.operation('shop-other'))).toContain(deploy.id)
  })

  it('the window says why it is still open after its time, and the end that was refused when it is tried again', async () => {
    const { simulation, deploy, until } = await opened()
    const lock = { kind: 'lock', service: 'shop', why: 'incident 42', by: bob, since: 0 } as const
    await simulation.store.locks.set(lock)
    await simulation.pass(until - simulation.clock.now() + minute)
    const [refused] = await ofKind(simulation, 'finish')
    const next = await untilOf(simulation)
    expect((await factsIn(simulation, deploy.id)).window).toMatchObject({
      until: next,
      blockedBy: { code: 'locked' },
    })
    // Whoever asked for the deploy is told of what Rollcall could not do by itself.
    expect(await factsIn(simulation, refused?.id ?? '')).toMatchObject({
      retryAt: next,
      causedBy: alice.user,
    })
  })
})

describe('Keep 30 min more', () => {
  const keep = (
    desk: ReturnType<typeof deskOn>,
    name: 'alice' | 'bob' | 'mallory',
    operation: string,
    until: number,
  ) => desk.click(name, 'keep', { operation, until: String(until) })

  it('moves the end by half an hour, once for what was on one screen, and shows the message anew', async () => {
    const { simulation, deploy, until } = await opened()
    const desk = deskOn(simulation)
    for (const _ of [1, 2]) expect(texts(await keep(desk, 'alice', deploy.id, until))).toContain('open')
    expect(await untilOf(simulation)).toBe(until + 30 * minute)
    expect(desk.refreshed).toEqual([deploy.id])
    expect((await factsIn(simulation, deploy.id)).window).toMatchObject({ extendedBy: alice.user })
    await keep(desk, 'alice', deploy.id, until + 30 * minute)
    expect(await untilOf(simulation)).toBe(until + hour)
    await simulation.pass(until + hour - simulation.clock.now() - minute)
    expect(colorOf(simulation, 'shop-blue').states).toEqual({ Standby: 4 })
    await simulation.pass(2 * minute)
    expect(colorOf(simulation, 'shop-blue').states['Standby']).toBeUndefined()
  })

  it('is for who may finish', async () => {
    const { simulation, deploy, until } = await opened()
    expect(texts(await keep(deskOn(simulation), 'mallory', deploy.id, until))).not.toBe('')
    expect(await untilOf(simulation)).toBe(until)
  })

  it('is answered kindly when the window is over, or belongs to a newer deploy', async () => {
    const { simulation, deploy, until } = await opened()
    await runToEnd(simulation, finishShop)
    expect(texts(await keep(deskOn(simulation), 'alice', deploy.id, until))).toContain(deploy.id)
    const newer = await runToEnd(simulation, deployShop('v3'))
    const open = await untilOf(simulation)
    expect(texts(await keep(deskOn(simulation), 'alice', deploy.id, until))).toContain(deploy.id)
    expect(await untilOf(simulation)).toBe(open)
    expect((await factsIn(simulation, newer.id)).window?.until).toBe(open)
  })
})

describe('Finish now and Roll back now', () => {
  it.each(['finish', 'rollback'] as const)('%s: two clicks are one operation', async (verb) => {
    const { simulation, deploy } = await opened()
    const desk = deskOn(simulation)
    const answered = await Promise.all([
      desk.click('alice', verb, { operation: deploy.id }),
      desk.click('alice', verb, { operation: deploy.id }),
    ])
    const started = await ofKind(simulation, verb)
    expect(started).toHaveLength(1)
    expect(started[0]?.request).toEqual({ procedure: verb, service: 'shop', operation: deploy.id })
    for (const one of answered) expect(texts(one)).toContain(started[0]?.id)
    await simulation.untilEnded()
    expect((await ofKind(simulation, verb))[0]?.ending?.kind).toBe('succeeded')
    // And the old screen's button does nothing any more.
    await desk.click('alice', verb, { operation: deploy.id })
    await simulation.untilEnded()
    expect(
      (await ofKind(simulation, verb)).filter(({ ending }) => ending?.kind === 'succeeded'),
    ).toHaveLength(1)
  })

  it.each(['finish', 'rollback'] as const)('%s: who may not is refused at the click', async (verb) => {
    const { simulation, deploy } = await opened()
    const answered = await deskOn(simulation).click('mallory', verb, { operation: deploy.id })
    // Kindly: what they may not, and who may.
    expect(texts(answered)).toContain(`not allowed to run \`${verb}\` on \`shop\``)
    expect(texts(answered)).toContain('U0ALICE')
    expect(await ofKind(simulation, verb)).toEqual([])
  })

  it.each(['finish', 'rollback'] as const)(
    '%s: a button of an older deploy changes nothing',
    async (verb) => {
      const { simulation, deploy } = await opened()
      await runToEnd(simulation, finishShop)
      await runToEnd(simulation, deployShop('v3'))
      const done = (await ofKind(simulation, verb)).length
      const before = [colorOf(simulation, 'shop-blue'), colorOf(simulation, 'shop-green')]
      const answered = await deskOn(simulation).click('alice', verb, { operation: deploy.id })
      expect(texts(answered)).toContain(`\`${deploy.id}\` has moved on`)
      await simulation.untilEnded()
      expect(await ofKind(simulation, verb)).toHaveLength(done)
      const succeeded = (await ofKind(simulation, verb)).filter(({ ending }) => ending?.kind === 'succeeded')
      expect(succeeded).toHaveLength(done)
      expect([colorOf(simulation, 'shop-blue'), colorOf(simulation, 'shop-green')]).toEqual(before)
    },
  )

  it('the old version comes up anew where nothing stands by any more, as after the window', async () => {
    const { simulation, deploy } = await opened()
    for (const id of simulation.aws.world.groups.get('shop-blue')?.members.keys() ?? [])
      await call(simulation.aws, 'TerminateInstanceInAutoScalingGroup', {
        InstanceId: id,
        ShouldDecrementDesiredCapacity: 'false',
      })
    simulation.clock.advanceBy(5 * minute)
    await deskOn(simulation).click('alice', 'rollback', { operation: deploy.id })
    await simulation.untilEnded()
    const [back] = await ofKind(simulation, 'rollback')
    expect(back?.plan?.colors?.how).toBe('swap')
    expect(simulation.violations).toEqual([])
  })
})
