import { extendWindow } from '../../src/gateway/operation-view/standby-window'
import type { Operation } from '../../src/domain/operation/operation'
import { minute } from '../../src/domain/time/time'
import type { OperationFacts } from '../../src/messages/operation/facts'
import { operationLog } from '../../src/messages/log/log'
import { operationMessage } from '../../src/messages/operation/message'
import { planRows, warningRows } from '../../src/messages/plan/plan'
import { words } from '../../src/messages/text/phrase'
import { mrkdwn } from '../../src/messages/text/render'
import { faultsOf } from '../support/block-kit'
import { bob } from '../support/operations'
import { onScreen } from '../support/on-screen'
import { catalogueOf, type Simulation } from '../support/simulation'
import {
  call,
  runToEnd,
  deployShop,
  finishShop,
  simulateShop,
  rollBackShop,
  scheduleOn,
  shopService,
  swapShop,
} from '../support/shop'
import { deskOn, toldOf } from '../support/operation-facts'

// What people read of two colors, in both languages: taken from operations that really ran.

const facts = { prices: { 't2.micro': { amount: 0.0144, currency: 'USD' } } }
const service = shopService(facts)
const told = new Map<string, OperationFacts>()
const logs = new Map<string, Operation>()

/** The end of a window is over in an instant otherwise. */
const slow = { kind: 'throttle', action: 'TerminateInstanceInAutoScalingGroup', times: 2 } as const

const tell = async (simulation: Simulation, name: string, operation: Pick<Operation, 'id'>): Promise<void> =>
  void told.set(name, await toldOf(simulation, service, operation))

const during =
  (key: RegExp, procedure: Operation['request']['procedure'] = 'deploy') =>
  ({ request, steps }: Operation): boolean =>
    request.procedure === procedure && steps.some((step) => step.state !== 'done' && key.test(step.key))
/** What a message tells at a moment is put down by a name, the first time. */
const simulated = (
  moments: Readonly<Record<string, (operation: Operation) => boolean>> = {},
  how: Parameters<typeof simulateShop>[0] = {},
): Simulation =>
  simulateShop({
    service: facts,
    ...how,
    meanwhile: async (simulation) => {
      for (const id of await simulation.store.journal.unfinished()) {
        const operation = await simulation.operation(id)
        for (const [name, is] of Object.entries(moments))
          if (!told.has(name) && is(operation)) await tell(simulation, name, operation)
      }
    },
  })
const untilOf = async ({ store }: Simulation): Promise<number> => (await store.timers.of('shop'))[0]?.at ?? 0
const newest = async ({ store }: Simulation): Promise<Operation> => {
  const [found] = await store.journal.history('shop', 1)
  if (!found) throw new Error('nothing has ended')
  return found
}

beforeAll(async () => {
  await toldOfPlan()
  await toldOfDeploys()
  await toldOfWaysBack()
  await toldOfTrouble()
}, 60_000)

/** A one-time action falls due while the colors change places. */
const withLaunchDay = async (simulation: Simulation): Promise<Simulation> => {
  const at = simulation.clock.now() + 6 * minute
  const weekly = { name: 'friday', cron: '0 20 * * 5', desired: 8, timezone: 'Asia/Seoul' }
  await scheduleOn(simulation.aws, 'shop-blue', weekly)
  await scheduleOn(simulation.aws, 'shop-blue', { name: 'launch day', at, desired: 5 })
  return simulation
}

const toldOfPlan = async (): Promise<void> => {
  const asks = { 'asks for a yes': ({ phase }: Operation) => phase === 'confirming' }
  await runToEnd(await withLaunchDay(simulated(asks, { service: { ...facts, confirm: true } })), deployShop())
}

const toldOfDeploys = async (): Promise<void> => {
  const simulation = await withLaunchDay(
    simulated(
      {
        'brings green up': during(/^health\/whole/),
        'lets blue stand by': during(/^standby\/stands/),
        'ends a window': during(/./, 'finish'),
      },
      { prepare: (aws) => void aws.setFault(slow) },
    ),
  )
  const { clock, store } = simulation
  const deploy = await runToEnd(simulation, deployShop())
  logs.set('a deploy', deploy)
  await tell(simulation, 'has moved to green, with a window', deploy)
  const until = await untilOf(simulation)
  const asker = { person: bob, delivery: 'click', channel: 'C0OPS', userLocale: {} }
  await extendWindow(
    {
      ...deskOn(simulation, service),
      catalogue: { ...catalogueOf(service), rules: [{ service: '*', actions: ['*'], allow: ['everyone'] }] },
    },
    { operation: deploy.id, until },
    asker,
  )
  await tell(simulation, 'has a window that somebody keeps open', deploy)
  await store.locks.set({ kind: 'lock', service: 'shop', why: 'incident 42', by: bob, since: 0 })
  await simulation.pass((await untilOf(simulation)) - clock.now() + minute)
  await tell(simulation, 'has a window that could not end', deploy)
  await tell(simulation, 'is the end of a window, refused', await newest(simulation))
  await store.locks.clear('shop', 'lock')
  const finish = await runToEnd(simulation, finishShop)
  logs.set('the end of a window', finish)
  await tell(simulation, 'is the end of a window', finish)
  await tell(simulation, 'has moved to green, its window over', deploy)
}

const toldOfWaysBack = async (): Promise<void> => {
  const simulation = simulated({ 'brings blue back': during(/^health\/whole/, 'rollback') })
  const deploy = await runToEnd(simulation, deployShop())
  const back = await runToEnd(simulation, rollBackShop)
  logs.set('a warm rollback', back)
  await tell(simulation, 'has gone back warm', back)
  await tell(simulation, 'was taken back warm', deploy)
  await simulation.store.locks.clear('shop', 'freeze')
  await tell(simulation, 'has swapped', await runToEnd(simulation, swapShop))
}

const toldOfTrouble = async (): Promise<void> => {
  const sick = simulated(
    {},
    { prepare: (aws) => void aws.setFault({ kind: 'never-healthy', group: 'shop-green' }) },
  )
  const failed = await runToEnd(sick, deployShop())
  logs.set('a deploy that never gets healthy', failed)
  await tell(sick, 'never gets healthy', failed)
  const gone = simulated()
  await runToEnd(gone, deployShop())
  gone.aws.setFault({ kind: 'never-healthy', group: 'shop-blue' })
  for (const id of gone.aws.world.groups.get('shop-blue')?.members.keys() ?? []) {
    const instance = gone.aws.world.instances.get(id)
    if (instance) Object.assign(instance, { broken: true })
  }
  await tell(gone, 'keeps green, for blue does not come back', await runToEnd(gone, rollBackShop))
  const ringing = simulated({}, { service: { ...facts, alarms: ['shop-errors'] } })
  const deploy = await runToEnd(ringing, deployShop())
  const alarm = { AlarmName: 'shop-errors', StateValue: 'ALARM', StateReason: 'too many errors' }
  await call(ringing.aws, 'SetAlarmState', alarm, '2010-08-01')
  await ringing.pass((await untilOf(ringing)) - ringing.clock.now() + minute)
  await tell(ringing, 'has a window that an alarm keeps open', deploy)
  logs.set('the end of a window while an alarm rings', await runToEnd(ringing, finishShop))
}

const stories = [
  'asks for a yes',
  'brings green up',
  'lets blue stand by',
  'has moved to green, with a window',
  'has a window that somebody keeps open',
  'has a window that could not end',
  'is the end of a window, refused',
  'ends a window',
  'is the end of a window',
  'has moved to green, its window over',
  'brings blue back',
  'has gone back warm',
  'was taken back warm',
  'has swapped',
  'never gets healthy',
  'keeps green, for blue does not come back',
  'has a window that an alarm keeps open',
]

describe.each(['en', 'ko'] as const)('of two colors, in %s, the message that', (language) => {
  it.each(stories)('%s', (name) => {
    const found = told.get(name)
    if (!found) throw new Error(`nothing was told of: ${name}`)
    const message = operationMessage({ ...found, language })
    expect(faultsOf(message)).toEqual([])
    const shown = `${onScreen(message)}\n\n=== as plain text ===\n${message.text}`
    // What starts by itself draws an id.
    expect(shown.replaceAll(found.operation.id, 'shop-id')).toMatchSnapshot()
  })

  it.each(['a deploy', 'the end of a window while an alarm rings', 'a warm rollback'])(
    'plan of %s, as a dry run shows it',
    (name) => {
      const plan = logs.get(name)?.plan
      if (!plan) throw new Error(`nothing was planned of: ${name}`)
      const voice = { language, timezone: 'Asia/Seoul', now: 0 } as const
      expect(
        mrkdwn([...planRows(plan, voice), ...words('\n'), ...warningRows(plan, voice)]),
      ).toMatchSnapshot()
    },
  )

  it.each(['a deploy', 'the end of a window', 'a warm rollback', 'a deploy that never gets healthy'])(
    'log of %s',
    (name) => {
      const found = logs.get(name)
      if (!found) throw new Error(`nothing was logged of: ${name}`)
      const { message } = operationLog(found, { language, timezone: 'Asia/Seoul', now: 0 }, 0)
      expect(message && faultsOf(message)).toEqual([])
      expect(message?.text).toMatchSnapshot()
    },
  )
})
