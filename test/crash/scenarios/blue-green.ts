import { catalogueOf, type Simulation } from '../../support/simulation'
import { alice, newOperation } from '../../support/operations'
import type { Scenario } from '../scenario'
import {
  call,
  runToEnd,
  colorOf,
  deployShop,
  finishShop,
  rollBackShop,
  scheduleOn,
  shopService,
  smallShop,
  swapShop,
} from '../../support/shop'
import type { ProcedureName, Request } from '../../../src/domain/operation/request'
import { weightedColor } from '../../support/fleet-shapes'
import type { Aws } from '../../../src/sandbox/aws'

const service = shopService({ gate: { bake: 10_000, timeout: 4 * 60_000 }, alarms: ['shop-errors'] })
const world = {
  catalogue: catalogueOf(service),
  guard: { targetGroup: 'shop-TG', minimum: 2 },
  prepare: smallShop,
}
const asked = (id: string, request: Request): Scenario['operation'] => ({
  ...newOperation(id, 'shop'),
  request,
})

/** A weekly event that somebody has scheduled by hand, in the zone of its people. */
const weekly = async ({ aws }: Simulation): Promise<void> =>
  scheduleOn(aws, 'shop-blue', { name: 'friday', cron: '0 20 * * 5', desired: 8, timezone: 'Asia/Seoul' })

const sizes = { min: 1, desired: 2, max: 8, suspended: [] }
const scaling = { policies: ['cpu-50'], actions: ['friday'] }
const idle = { min: 0, desired: 0, max: 8, suspended: [], policies: [], actions: [] }
const isLeaving = (state: string): boolean => state.startsWith('Terminating')

/** The color that serves, whole; the other one idle, with so many instances in Standby and nothing else that stays. */
const serves =
  (live: 'blue' | 'green', version: string, standing: number, extra: object = scaling) =>
  (simulation: Simulation): void => {
    const other = live === 'blue' ? 'green' : 'blue'
    const { states, ...serving } = colorOf(simulation, `shop-${live}`)
    expect(serving).toEqual({ ...sizes, ...extra, version })
    expect(states['InService']).toBe(2)
    const { states: left, version: _, ...waiting } = colorOf(simulation, `shop-${other}`)
    expect(waiting).toEqual(idle)
    const staying = Object.entries(left).filter(([state]) => !isLeaving(state))
    expect(staying).toEqual(standing > 0 ? [['Standby', standing]] : [])
    expect(simulation.aws.healthyTargets('shop-TG')).toBe(2)
    const actions = simulation.aws.view().schedules
    expect(actions.every(({ timezone, start }) => timezone === 'Asia/Seoul' && start === undefined)).toBe(
      true,
    )
  }

/** The window is open, for one finish that starts by itself; or it is closed. */
const windowed =
  (open: boolean, fleet: (simulation: Simulation) => void) =>
  (simulation: Simulation): void => {
    fleet(simulation)
    expect(simulation.store.nextAppointment() !== undefined).toBe(open)
  }

const deploy: Scenario = {
  name: 'deploy by blue-green',
  world,
  before: weekly,
  operation: asked('shop-aaaaa', deployShop()),
  ending: 'succeeded',
  expectFleet: windowed(true, serves('green', 'v2', 2)),
}

const deployThatFails: Scenario = {
  ...deploy,
  name: 'deploy by blue-green that fails',
  world: {
    ...world,
    prepare: (aws) => {
      smallShop(aws)
      aws.setFault({ kind: 'never-healthy', group: 'shop-green' })
    },
  },
  ending: 'rolled back',
  faultsFrom: /^health/,
  expectFleet: windowed(false, serves('blue', 'v1', 0)),
}

/** Alice cancels when the old color is on its way into Standby, and wants to go back. */
const deployThatIsCancelled: Scenario = {
  ...deploy,
  name: 'deploy by blue-green that is cancelled',
  world: {
    ...world,
    meanwhile: async (simulation) => {
      const operation = await simulation.store.journal.read('shop-aaaaa')
      if (!operation || operation.ending) return
      const by = operation.requester
      const entering = operation.steps.some(({ key }) => key.startsWith('standby/stands'))
      if (entering && operation.signals.length === 0)
        await simulation.signal(operation.id, { id: 'no', kind: 'cancel', by })
      if (operation.phase === 'held')
        await simulation.signal(operation.id, { id: 'back', kind: 'go back', by })
    },
  },
  ending: 'cancelled',
  faultsFrom: /^standby\/stands/,
  expectFleet: windowed(false, serves('blue', 'v1', 0)),
}

const swap: Scenario = {
  name: 'swap',
  world,
  operation: asked('shop-aaaaa', swapShop),
  ending: 'succeeded',
  expectFleet: windowed(true, serves('green', 'v1', 2, { policies: ['cpu-50'], actions: [] })),
}

const deployed = async (simulation: Simulation): Promise<void> => {
  await weekly(simulation)
  await runToEnd(simulation, deployShop())
}

const warmRollback: Scenario = {
  name: 'warm rollback',
  world,
  before: deployed,
  operation: asked('shop-bbbbb', rollBackShop),
  ending: 'succeeded',
  expectFleet: windowed(false, serves('blue', 'v1', 0)),
}

const breakBlue = (aws: Aws): void => {
  aws.setFault({ kind: 'never-healthy', group: 'shop-blue' })
  for (const id of aws.world.groups.get('shop-blue')?.members.keys() ?? []) {
    const instance = aws.world.instances.get(id)
    if (instance) Object.assign(instance, { broken: true })
  }
}

/** So long after the beginning the deploy is over. */
const later = 30 * 60_000

/** What stands by does not answer any more, and nobody has noticed. */
const warmRollbackThatFails: Scenario = {
  ...warmRollback,
  name: 'warm rollback that fails',
  world: {
    ...world,
    // By the clock, and not by hand: so every run comes to it, wherever it begins.
    prepare: (aws, clock) => {
      smallShop(aws)
      clock.at(clock.now() + later, () => breakBlue(aws))
    },
  },
  before: async (simulation) => {
    const began = simulation.clock.now()
    await deployed(simulation)
    simulation.clock.advanceTo(began + later)
  },
  ending: 'rolled back',
  faultsFrom: /^health/,
  expectFleet: (simulation) => {
    const { states, ...serving } = colorOf(simulation, 'shop-green')
    expect(serving).toEqual({ ...sizes, ...scaling, version: 'v2' })
    expect(states).toEqual({ InService: 2 })
    const { states: _, ...waiting } = colorOf(simulation, 'shop-blue')
    expect(waiting).toEqual({ ...idle, version: 'v1' })
    expect(simulation.aws.healthyTargets('shop-TG')).toBe(2)
  },
}

const finish: Scenario = {
  name: 'finish',
  world,
  before: deployed,
  operation: asked('shop-bbbbb', finishShop),
  ending: 'succeeded',
  expectFleet: windowed(false, serves('green', 'v2', 0)),
}

const checks = { alarms: ['shop-errors'], least: 1, unsure: 'pass', window: 'back' } as const

/** Customers are looked at until the window is over, by one operation, whatever happens while that begins. */
const deployThatIsWatched: Scenario = {
  name: 'deploy by blue-green with its window watched',
  world: { ...world, catalogue: catalogueOf({ ...service, checks, standby: 6 * 60_000 }) },
  before: weekly,
  operation: asked('shop-aaaaa', deployShop()),
  ending: 'succeeded',
  faultsFrom: /^standby\/stands/,
  expectFleet: (simulation) => {
    windowed(false, serves('green', 'v2', 0))(simulation)
    expect(countOf(simulation, 'monitor-window')).toBe(1)
  },
}

const countOf = ({ known, store }: Simulation, procedure: ProcedureName): number =>
  [...known].filter((id) => store.standing(id)?.request.procedure === procedure).length

/** An alarm rings in the window, and the service goes back by itself: once. */
const monitorWindow: Scenario = {
  name: 'monitor-window',
  world: {
    ...world,
    catalogue: catalogueOf({ ...service, checks }),
  },
  before: async (simulation) => {
    await weekly(simulation)
    await simulation.start({ ...newOperation('shop-aaaaa', 'shop'), request: deployShop() })
    await simulation.untilOver('shop-aaaaa')
    // Who watches it is started by the scenario itself.
    const [watching] = await simulation.store.journal.unfinished()
    if (watching === undefined) throw new Error('nobody watches the window')
    await simulation.signal(watching, { id: 'stop', kind: 'cancel', by: alice })
    await simulation.untilOver(watching)
    const rings = { AlarmName: 'shop-errors', StateValue: 'ALARM', StateReason: 'by hand' }
    await call(simulation.aws, 'SetAlarmState', rings, '2010-08-01')
  },
  operation: asked('shop-bbbbb', {
    procedure: 'monitor-window',
    service: 'shop',
    operation: 'shop-aaaaa',
  }),
  ending: 'succeeded',
  expectFleet: (simulation) => {
    windowed(false, serves('blue', 'v1', 0))(simulation)
    expect(countOf(simulation, 'rollback')).toBe(1)
  },
}

/** The two groups of `shop` behind one target group. */
/** Two instances of four units each: of Standby and back, whatever it takes off the desired capacity. */
const weightedWorld: Scenario['world'] = {
  ...world,
  prepare: (aws) => {
    smallShop(aws)
    weightedColor(aws, 'shop-blue')
    weightedColor(aws, 'shop-green')
  },
}
const servesByWeight =
  (live: 'blue' | 'green', standing: number) =>
  (simulation: Simulation): void => {
    const other = live === 'blue' ? 'green' : 'blue'
    const { states, min, desired, max, suspended } = colorOf(simulation, `shop-${live}`)
    expect([min, desired, max, suspended]).toEqual([4, 8, 32, []])
    expect(states['InService']).toBe(2)
    const left = colorOf(simulation, `shop-${other}`)
    expect([left.min, left.desired, left.max, left.suspended]).toEqual([0, 0, 32, []])
    const staying = Object.entries(left.states).filter(([state]) => !isLeaving(state))
    expect(staying).toEqual(standing > 0 ? [['Standby', standing]] : [])
    expect(simulation.aws.healthyTargets('shop-TG')).toBe(2)
  }
const weightedDeploy: Scenario = {
  ...deploy,
  name: 'deploy of weighted colors',
  world: weightedWorld,
  before: async () => {},
  faultsFrom: /^standby\//,
  expectFleet: servesByWeight('green', 2),
}
const weightedRollback: Scenario = {
  name: 'warm rollback of weighted colors',
  world: weightedWorld,
  before: async (simulation) => {
    await runToEnd(simulation, deployShop())
  },
  operation: asked('shop-bbbbb', rollBackShop),
  ending: 'succeeded',
  faultsTo: /^copy\//,
  expectFleet: servesByWeight('blue', 0),
}

/** A new version in the idle color. */
export const blueGreenScenarios: readonly Scenario[] = [
  deploy,
  weightedDeploy,
  deployThatFails,
  deployThatIsCancelled,
  deployThatIsWatched,
]

/** Colors that change places on the versions they have. */
export const swapScenarios: readonly Scenario[] = [
  swap,
  warmRollback,
  weightedRollback,
  warmRollbackThatFails,
  finish,
  monitorWindow,
]
