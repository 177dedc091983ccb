import type { Aws } from '../../src/sandbox/aws'
import { deployPay, payGuard, simulatePay } from '../support/pay'
import { run } from '../support/fleet-runs'
import { colorOf, deployShop, runToEnd, simulateShop, swapShop } from '../support/shop'
import { madeByRollcall } from '../support/templates'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'

type Meanwhile = (simulation: Simulation) => Promise<void> | void

const minute = 60_000
const noted = ({ notes }: { readonly notes: readonly { readonly code: string }[] }) =>
  notes.map(({ code }) => code)

/** Does something once, as soon as an operation has a step of this key, and cancels it after that where it shall. */
const once = (key: RegExp, act: Meanwhile, { cancels = false } = {}) => {
  let done = false
  return async (simulation: Simulation) => {
    const [id] = await simulation.store.journal.unfinished()
    const operation = id === undefined ? undefined : await simulation.operation(id)
    if (!operation) return
    if (!done && operation.steps.some((step) => key.test(step.key))) {
      done = true
      await act(simulation)
      if (cancels) await simulation.signal(operation.id, { id: 'c', kind: 'cancel', by: operation.requester })
    }
    if (operation.phase === 'held')
      await simulation.signal(operation.id, { id: 'b', kind: 'go back', by: operation.requester })
  }
}

/** `web` by its group's own sizes. */
const simulateWeb = (meanwhile: Meanwhile, prepare: (aws: Aws) => void = () => {}) => {
  const { capacity: _, ...service } = webService()
  return simulate({
    catalogue: catalogueOf(service),
    guard: { targetGroup: 'Web-TG', minimum: 1 },
    prepare: (aws) => prepare(aws),
    meanwhile,
  })
}
const web = ({ aws }: Simulation) => colorOf({ aws }, 'Web-ASG')

describe('F7 in a scale: what somebody sets beside it', () => {
  const out = { procedure: 'scale', service: 'web', desired: 4 } as const
  const lower: Meanwhile = ({ account }) => account.groups.update('Web-ASG', { min: 1, desired: 1 })

  test('stays, and is told', async () => {
    const simulation = simulateWeb(
      once(/^health\/in service/, ({ account }) => account.groups.setDesired('Web-ASG', 3)),
    )
    const done = await run(simulation, out)
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(web(simulation)).toMatchObject({ min: 2, desired: 3, max: 4, states: { InService: 3 } })
    expect(done.notes).toMatchObject([
      { code: 'sizes_changed', facts: { was: { desired: 4 }, is: { min: 2, desired: 3, max: 4 } } },
    ])
  })

  test('is not what a scale says that nobody touches', async () => {
    const done = await run(
      simulateWeb(() => {}),
      out,
    )
    expect(done.notes).toEqual([])
  })

  test('stays where it is cancelled', async () => {
    const simulation = simulateWeb(once(/^health\/in service/, lower, { cancels: true }))
    const done = await run(simulation, out)
    expect(done.ending).toMatchObject({ kind: 'cancelled', left: [] })
    expect(web(simulation)).toMatchObject({ min: 1, desired: 1, max: 4 })
    expect(noted(done)).toContain('sizes_changed')
  })

  test('what it set itself is taken back where nobody did', async () => {
    const simulation = simulateWeb(once(/^health\/in service/, () => {}, { cancels: true }))
    const done = await run(simulation, { ...out, desired: 6, max: 8 })
    expect(done.ending).toMatchObject({ kind: 'cancelled', left: [] })
    expect(web(simulation)).toMatchObject({ min: 2, desired: 2, max: 4 })
    expect(noted(done)).toEqual([])
  })
})

test('F7 in an update of the image: sizes are nobody’s business there', async () => {
  const simulation = simulateWeb(
    once(/^template\//, ({ account }) => account.groups.update('Web-ASG', { min: 1, desired: 1 })),
    (aws) => void madeByRollcall(aws, 'v2', { age: minute, operation: 'web-aaaa2' }),
  )
  const done = await run(simulation, { procedure: 'update-image', service: 'web' })
  expect(done.ending).toMatchObject({ kind: 'succeeded' })
  expect(web(simulation)).toMatchObject({ min: 1, desired: 1, max: 4 })
})

describe('F7 in two colors: what somebody sets is the service’s, whichever color serves', () => {
  test('a color that is lowered while the other one fails to come up stays so', async () => {
    const simulation = simulateShop({
      guard: { targetGroup: 'shop-TG', minimum: 3 },
      prepare: (aws) => void aws.setFault({ kind: 'never-healthy', group: 'shop-green' }),
      meanwhile: once(/^fleet\/come up/, ({ account }) =>
        account.groups.update('shop-blue', { min: 1, desired: 3 }),
      ),
    })
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({ kind: 'rolled back', left: [] })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ min: 1, desired: 3, max: 8 })
    expect(colorOf(simulation, 'shop-green')).toMatchObject({ min: 0, desired: 0 })
    expect(simulation.violations).toEqual([])
  })

  test.each([
    ['lowered', { min: 1, desired: 3, max: 6 }],
    ['raised', { min: 3, desired: 6, max: 12 }],
  ])('one that has taken over and is %s gives its sizes back on the way back', async (_, sizes) => {
    const simulation = simulateShop({
      guard: { targetGroup: 'shop-TG', minimum: 3 },
      meanwhile: once(/^standby\/enter/, ({ account }) => account.groups.update('shop-green', sizes), {
        cancels: true,
      }),
    })
    const done = await runToEnd(simulation, swapShop)
    expect(done.ending).toMatchObject({ kind: 'cancelled', left: [] })
    await simulation.pass(10 * minute)
    expect(colorOf(simulation, 'shop-blue')).toMatchObject(sizes)
    expect(colorOf(simulation, 'shop-blue').states).toEqual({ InService: sizes.desired })
    expect(noted(done)).toContain('capacity_followed')
    expect(simulation.violations).toEqual([])
  })

  test('one whose desired capacity alone falls, as an alarm does it, comes back as it was', async () => {
    const simulation = simulateShop({
      guard: { targetGroup: 'shop-TG', minimum: 3 },
      meanwhile: once(/^standby\/enter/, ({ account }) => account.groups.setDesired('shop-green', 3), {
        cancels: true,
      }),
    })
    await runToEnd(simulation, swapShop)
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ min: 2, desired: 4, max: 8 })
    expect(simulation.violations).toEqual([])
  })

  test('one that is emptied takes nobody’s instances with it', async () => {
    const simulation = simulateShop({
      guard: { targetGroup: 'shop-TG', minimum: 0 },
      meanwhile: once(
        /^standby\/enter/,
        ({ account }) => account.groups.update('shop-green', { min: 0, desired: 0 }),
        { cancels: true },
      ),
    })
    const done = await runToEnd(simulation, swapShop)
    expect(done.ending).toMatchObject({ kind: 'cancelled' })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ desired: 4, max: 8, states: { InService: 4 } })
  })

  test('a canary follows a scale-in before more traffic moves', async () => {
    const simulation = simulatePay({
      guard: payGuard(1),
      meanwhile: once(/^weights\/whole 50/, ({ account }) =>
        account.groups.update('pay-blue', { min: 1, desired: 1 }),
      ),
    })
    const done = await runToEnd(simulation, deployPay())
    expect(done.ending).toMatchObject({ kind: 'succeeded', left: [] })
    expect(colorOf(simulation, 'pay-green')).toMatchObject({ min: 1, desired: 1 })
    expect(noted(done)).toContain('capacity_followed')
    expect(simulation.violations).toEqual([])
  })

  test.each([
    ['lowered', { min: 1, desired: 1, max: 3 }],
    ['raised', { min: 2, desired: 3, max: 6 }],
  ])('a canary that goes back leaves the color %s that it came from', async (_, sizes) => {
    const simulation = simulatePay({
      guard: payGuard(1),
      meanwhile: once(/^weights\/whole 50/, ({ account }) => account.groups.update('pay-blue', sizes), {
        cancels: true,
      }),
    })
    const done = await runToEnd(simulation, deployPay())
    expect(done.ending).toMatchObject({ kind: 'cancelled', left: [] })
    expect(colorOf(simulation, 'pay-blue')).toMatchObject(sizes)
    expect(simulation.violations).toEqual([])
  })
})
