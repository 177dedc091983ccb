import { catalogueOf, type Rehearsal } from '../support/rehearsal'
import { newOperation } from '../support/operations'
import type { Story } from '../support/harness'
import {
  carryOut,
  colorOf,
  deployShop,
  finishShop,
  rollBackShop,
  scheduleOn,
  shopService,
  smallShop,
  swapShop,
} from '../support/shop'
import type { Request } from '../../src/domain/request'
import type { Aws } from '../../src/sandbox/aws'

const service = shopService({ gate: { bake: 10_000, timeout: 4 * 60_000 }, alarms: ['shop-errors'] })
const how = {
  catalogue: catalogueOf(service),
  guard: { targetGroup: 'shop-TG', minimum: 2 },
  prepare: smallShop,
}
const asked = (id: string, request: Request): Story['operation'] => ({ ...newOperation(id, 'shop'), request })

/** A weekly event that somebody has scheduled by hand, in the zone of its people. */
const weekly = async ({ aws }: Rehearsal): Promise<void> =>
  scheduleOn(aws, 'shop-blue', { name: 'friday', cron: '0 20 * * 5', desired: 8, timezone: 'Asia/Seoul' })

const sizes = { min: 1, desired: 2, max: 8, suspended: [] }
const scaling = { policies: ['cpu-50'], actions: ['friday'] }
const idle = { min: 0, desired: 0, max: 8, suspended: [], policies: [], actions: [] }
const isLeaving = (state: string): boolean => state.startsWith('Terminating')

/** The color that serves, whole; the other one idle, with so many instances in Standby and nothing else that stays. */
const serves =
  (live: 'blue' | 'green', version: string, standing: number, extra: object = scaling) =>
  (rehearsal: Rehearsal): void => {
    const other = live === 'blue' ? 'green' : 'blue'
    const { states, ...serving } = colorOf(rehearsal, `shop-${live}`)
    expect(serving).toEqual({ ...sizes, ...extra, version })
    expect(states['InService']).toBe(2)
    const { states: left, version: _, ...waiting } = colorOf(rehearsal, `shop-${other}`)
    expect(waiting).toEqual(idle)
    const staying = Object.entries(left).filter(([state]) => !isLeaving(state))
    expect(staying).toEqual(standing > 0 ? [['Standby', standing]] : [])
    expect(rehearsal.aws.healthyTargets('shop-TG')).toBe(2)
    const actions = rehearsal.aws.view().schedules
    expect(actions.every(({ timezone, start }) => timezone === 'Asia/Seoul' && start === undefined)).toBe(
      true,
    )
  }

/** The window is open, for one finish that starts by itself; or it is closed. */
const windowed =
  (open: boolean, fleet: (rehearsal: Rehearsal) => void) =>
  (rehearsal: Rehearsal): void => {
    fleet(rehearsal)
    expect(rehearsal.store.nextAppointment() !== undefined).toBe(open)
  }

const deploy: Story = {
  how,
  before: weekly,
  operation: asked('shop-aaaaa', deployShop()),
  ending: 'succeeded',
  expectFleet: windowed(true, serves('green', 'v2', 2)),
}

const deployThatFails: Story = {
  ...deploy,
  how: {
    ...how,
    prepare: (aws) => {
      smallShop(aws)
      aws.setFault({ kind: 'never-healthy', group: 'shop-green' })
    },
  },
  ending: 'rolled back',
  cutFrom: /^health/,
  expectFleet: windowed(false, serves('blue', 'v1', 0)),
}

/** Alice cancels when the old color is on its way into Standby, and wants to go back. */
const deployThatIsCancelled: Story = {
  ...deploy,
  how: {
    ...how,
    meanwhile: async (rehearsal) => {
      const operation = await rehearsal.store.journal.read('shop-aaaaa')
      if (!operation || operation.ending) return
      const by = operation.requester
      const entering = operation.steps.some(({ key }) => key.startsWith('standby/stands'))
      if (entering && operation.signals.length === 0)
        await rehearsal.say(operation.id, { id: 'no', kind: 'cancel', by })
      if (operation.phase === 'held') await rehearsal.say(operation.id, { id: 'back', kind: 'go back', by })
    },
  },
  ending: 'cancelled',
  cutFrom: /^standby\/stands/,
  expectFleet: windowed(false, serves('blue', 'v1', 0)),
}

const swap: Story = {
  how,
  operation: asked('shop-aaaaa', swapShop),
  ending: 'succeeded',
  expectFleet: windowed(true, serves('green', 'v1', 2, { policies: ['cpu-50'], actions: [] })),
}

const deployed = async (rehearsal: Rehearsal): Promise<void> => {
  await weekly(rehearsal)
  await carryOut(rehearsal, deployShop())
}

const warmRollback: Story = {
  how,
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
const warmRollbackThatFails: Story = {
  ...warmRollback,
  how: {
    ...how,
    // By the clock, and not by hand: so every telling comes to it, wherever it begins.
    prepare: (aws, clock) => {
      smallShop(aws)
      clock.at(clock.now() + later, () => breakBlue(aws))
    },
  },
  before: async (rehearsal) => {
    const began = rehearsal.clock.now()
    await deployed(rehearsal)
    rehearsal.clock.advanceTo(began + later)
  },
  ending: 'rolled back',
  cutFrom: /^health/,
  expectFleet: (rehearsal) => {
    const { states, ...serving } = colorOf(rehearsal, 'shop-green')
    expect(serving).toEqual({ ...sizes, ...scaling, version: 'v2' })
    expect(states).toEqual({ InService: 2 })
    const { states: _, ...waiting } = colorOf(rehearsal, 'shop-blue')
    expect(waiting).toEqual({ ...idle, version: 'v1' })
    expect(rehearsal.aws.healthyTargets('shop-TG')).toBe(2)
  },
}

const finish: Story = {
  how,
  before: deployed,
  operation: asked('shop-bbbbb', finishShop),
  ending: 'succeeded',
  expectFleet: windowed(false, serves('green', 'v2', 0)),
}

/** The stories of two colors. */
export const colorStories: readonly (readonly [string, Story])[] = [
  ['deploy by colors', deploy],
  ['deploy by colors that fails', deployThatFails],
  ['deploy by colors that is cancelled', deployThatIsCancelled],
  ['swap', swap],
  ['warm rollback', warmRollback],
  ['warm rollback that fails', warmRollbackThatFails],
  ['finish', finish],
]
