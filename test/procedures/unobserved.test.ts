import type { Strategy } from '../../src/domain/catalogue/strategy'
import type { Operation } from '../../src/domain/operation/operation'
import { AwsFailure, StoreUnavailable } from '../../src/ports/failure'
import { alice, bob, newOperation } from '../support/operations'
import { deployShop, runToEnd, simulateShop } from '../support/shop'
import {
  catalogueOf,
  type Simulation,
  simulate,
  type SimulationOptions,
  webService,
} from '../support/simulation'

/* Time in which nobody looked counts against nobody: every deadline is of observed time. */

const minute = 60_000
const strategies: readonly Strategy[] = ['refresh', 'replace', 'surge']

const simulateWeb = (how: Partial<SimulationOptions> = {}): Simulation =>
  simulate({
    catalogue: catalogueOf(webService()),
    guard: { targetGroup: 'Web-TG', minimum: 2 },
    asInLife: true,
    ...how,
  })

const deployed = async (simulation: Simulation, strategy: Strategy = 'refresh'): Promise<Operation> => {
  const request = { procedure: 'deploy', service: 'web', version: 'v2', strategy } as const
  const id = await simulation.start({ ...newOperation('web-aaaaa'), request })
  return simulation.untilOver(id)
}
const versionsServing = ({ aws }: Simulation) =>
  aws
    .view()
    .instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    .map((one) => one.templateVersion)

/** Nobody works from the first look of a wait on. */
const away = (span: number, waits: (operation: Operation) => boolean, times = 1) => {
  let left = times
  return async (simulation: Simulation): Promise<void> => {
    for (const id of await simulation.store.journal.unfinished()) {
      if (left === 0 || !waits(await simulation.operation(id))) continue
      left -= 1
      simulation.clock.advanceTo(simulation.clock.now() + span)
    }
  }
}
const waitsIn = (key: RegExp) => (operation: Operation) =>
  operation.steps.some((step) => key.test(step.key) && step.state === 'waiting')

const gates: readonly [Strategy, RegExp][] = [
  ['refresh', /^fleet\/refresh 1$/],
  ['refresh', /^health\/every instance$/],
  ['replace', /^fleet\/replace 2$/],
  ['replace', /^health\/every instance$/],
  ['surge', /^fleet\/new beside old$/],
  ['surge', /^fleet\/old ones leave$/],
]

describe.each([22, 60, 240])('a worker that was away for %d minutes', (minutes) => {
  test.each(gates)('takes no healthy fleet back, by %s in %s', async (strategy, key) => {
    let gone = false
    const leave = away(minutes * minute, waitsIn(key))
    const simulation = simulateWeb({
      meanwhile: async (now) => {
        const before = now.clock.now()
        await leave(now)
        gone ||= now.clock.now() > before
      },
      // What AWS lets pass without a look is watched afterwards, so that there is a gate after a refresh too.
      ...(key.source.includes('every') &&
        strategy === 'refresh' && {
          catalogue: catalogueOf(webService({ capacity: { min: 2, desired: 3, max: 6 } })),
        }),
    })
    const { ending } = await deployed(simulation, strategy)
    expect(gone).toBe(true)
    expect(ending).toMatchObject({ kind: 'succeeded' })
    expect(new Set(versionsServing(simulation))).toEqual(new Set([2]))
    expect(simulation.violations).toEqual([])
  })

  test.each([/^health\/whole 1$/, /^standby\/stands shop-blue 1$/])(
    'takes no healthy color back, in %s',
    async (key) => {
      let gone = false
      const leave = away(minutes * minute, waitsIn(key))
      const simulation = simulateShop({
        asInLife: true,
        meanwhile: async (now) => {
          const before = now.clock.now()
          await leave(now)
          gone ||= now.clock.now() > before
        },
      })
      const { ending } = await runToEnd(simulation, deployShop())
      expect(gone).toBe(true)
      expect(ending).toMatchObject({ kind: 'succeeded' })
      expect(simulation.violations).toEqual([])
    },
  )
})

test('a worker that is away again and again takes no healthy fleet back either', async () => {
  const simulation = simulateWeb({ meanwhile: away(25 * minute, waitsIn(/^fleet\/new beside old$/), 4) })
  expect((await deployed(simulation, 'surge')).ending).toMatchObject({ kind: 'succeeded' })
})

test.each(strategies)(
  'an AWS that does not answer for an hour takes no healthy fleet back, by %s',
  async (strategy) => {
    let until = 0
    const simulation: Simulation = simulateWeb({
      meanwhile: async (now) => {
        const [id] = await now.store.journal.unfinished()
        const operation = id === undefined ? undefined : await now.operation(id)
        if (until === 0 && operation && waitsIn(/^fleet\/(refresh 1|replace 2|new beside old)$/)(operation))
          until = now.clock.now() + 60 * minute
      },
      inject: ({ method }) => {
        if (simulation.clock.now() < until && /^(groups|traffic)\./.test(method))
          throw new AwsFailure('ambiguous', method, 'InternalFailure', '')
        return undefined
      },
    })
    const { ending } = await deployed(simulation, strategy)
    expect(until).toBeGreaterThan(0)
    expect(ending).toMatchObject({ kind: 'succeeded' })
    expect(new Set(versionsServing(simulation))).toEqual(new Set([2]))
  },
)

test('a fleet that stays sick goes back after as much observed time as the gate has, however long nobody looked', async () => {
  const simulation = simulateWeb({
    prepare: (aws) => {
      aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' })
      // AWS gives none of them up meanwhile: that would be a verdict of its own.
      Object.assign(aws.world.groups.get('Web-ASG') ?? {}, { grace: 7200 })
    },
    meanwhile: away(60 * minute, waitsIn(/^fleet\/new beside old$/)),
  })
  const { ending, steps } = await deployed(simulation, 'surge')
  expect(ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
  const gate = steps.find(({ key }) => key === 'fleet/new beside old')
  const lasted = (gate?.endedAt ?? 0) - (gate?.startedAt ?? 0)
  expect(lasted).toBeGreaterThanOrEqual(60 * minute + 20 * minute)
  expect(lasted).toBeLessThan(60 * minute + 23 * minute)
  expect(versionsServing(simulation)).toEqual([1, 1])
})

test('a question to a person waits as long as somebody is there to hear the word', async () => {
  let stage = 0
  const simulation: Simulation = simulateWeb({
    meanwhile: async (now) => {
      const [id] = await now.store.journal.unfinished()
      const operation = id === undefined ? undefined : await now.operation(id)
      if (!operation) return
      if (stage === 0 && waitsIn(/^fleet\/replace 2$/)(operation)) {
        stage = 1
        await now.signal(operation.id, { id: 's1', kind: 'cancel', by: alice })
      } else if (stage === 1 && operation.phase === 'held') {
        stage = 2
        now.clock.advanceTo(now.clock.now() + 60 * minute)
      } else if (stage === 2) {
        stage = 3
      } else if (stage === 3) {
        stage = 4
        await now.signal(operation.id, { id: 's2', kind: 'go on', by: alice })
      }
    },
  })
  expect((await deployed(simulation, 'replace')).ending).toMatchObject({ kind: 'succeeded' })
  expect(stage).toBe(4)
})

describe('a word on a plan', () => {
  const begin = Date.parse('2026-03-02T01:00:00Z')
  const hour = 60 * minute
  const deployBy = (procedure: 'deploy' | '*', confirm: boolean): Partial<SimulationOptions> => ({
    catalogue: {
      ...catalogueOf(webService({ confirm })),
      people: new Map([
        ['operators', { users: [alice.user], groups: [] }],
        ['approvers', { users: [bob.user], groups: [] }],
      ]),
      rules: [
        { service: '*', actions: ['*'], allow: ['operators'] },
        ...(procedure === 'deploy'
          ? [
              {
                service: '*',
                actions: ['deploy' as const],
                allow: ['operators'],
                approval: { by: 'approvers', count: 1, expires: hour },
              },
            ]
          : []),
      ],
    },
  })
  const approval = deployBy('deploy', false)
  const confirmation = deployBy('*', true)
  const saying = (simulation: Simulation, kind: 'confirm' | 'approve', by = bob) => {
    return async ({ id, plan }: Operation) => {
      const fingerprint = plan?.fingerprint ?? ''
      await simulation.signal(id, { id: `${kind} ${fingerprint}`, kind, by, fingerprint })
    }
  }
  /** Nobody works for so long from the first look on in which this is awaited; then somebody speaks after a while. */
  const meanwhile = (
    phase: Operation['phase'],
    span: number,
    speaks?: (now: Simulation) => Promise<void>,
  ) => {
    let back = 0
    let spoken = false
    return async (now: Simulation): Promise<void> => {
      const [id] = await now.store.journal.unfinished()
      const operation = id === undefined ? undefined : await now.operation(id)
      if (operation?.phase !== phase) return
      if (back === 0) {
        back = now.clock.now() + span
        now.clock.advanceTo(back)
      } else if (!spoken && speaks && now.clock.now() >= back + 10 * minute) {
        spoken = true
        await speaks(now)
      }
    }
  }
  const says = (kind: 'confirm' | 'approve', by: typeof bob) => async (now: Simulation) => {
    const [id = ''] = await now.store.journal.unfinished()
    await saying(now, kind, by)(await now.operation(id))
  }

  test.each([
    ['of an approver', 'approving', approval, says('approve', bob), 3 * hour],
    ['of an approver, for a night', 'approving', approval, says('approve', bob), 14 * hour],
    ['of its requester', 'confirming', confirmation, says('confirm', alice), hour],
  ] as const)('%s may be said in the rest of its time where nobody was there to hear it', async (...row) => {
    const [, phase, how, speaks, span] = row
    const simulation = simulateWeb({ ...how, meanwhile: meanwhile(phase, span, speaks) })
    expect((await deployed(simulation)).ending).toMatchObject({ kind: 'succeeded' })
    expect(simulation.clock.now()).toBeGreaterThan(begin + span)
  })

  test('of an approver has its time though the store was away for all of it', async () => {
    let since = 0
    let said = false
    const isAway = (now: number) => since > 0 && now < since + 2 * hour
    const simulation: Simulation = simulateWeb({
      ...approval,
      inject: ({ method }) => {
        if (isAway(simulation.clock.now()) && method.startsWith('journal.'))
          throw new StoreUnavailable('away')
        return undefined
      },
      meanwhile: async (now) => {
        const [id = ''] = await now.store.journal.unfinished()
        const operation = await now.operation(id)
        if (operation.phase !== 'approving') return
        if (since === 0) since = now.clock.now()
        else if (!said && !isAway(now.clock.now() - 30 * minute)) {
          said = true
          await saying(now, 'approve')(operation)
        }
      },
    })
    expect((await deployed(simulation)).ending).toMatchObject({ kind: 'succeeded' })
    expect(said).toBe(true)
  })

  test('of its requester said just before leaves approvers all their time', async () => {
    const simulation: Simulation = simulateWeb({
      ...deployBy('deploy', true),
      meanwhile: async (now) => {
        const [id = ''] = await now.store.journal.unfinished()
        const operation = await now.operation(id)
        if (operation.phase === 'confirming') {
          await saying(now, 'confirm', alice)(operation)
          now.clock.advanceTo(now.clock.now() + 3 * hour)
        } else if (operation.phase === 'approving' && now.clock.now() > begin + 3 * hour + 50 * minute)
          await saying(now, 'approve')(operation)
      },
    })
    expect((await deployed(simulation)).ending).toMatchObject({ kind: 'succeeded' })
  })

  test.each([
    ['confirming', confirmation, 'not_confirmed', 30 * minute],
    ['approving', approval, 'approval_expired', hour],
  ] as const)('that is never said ends by the clock, %s', async (phase, how, code, expires) => {
    for (const span of [0, 2 * hour]) {
      const simulation = simulateWeb({ ...how, meanwhile: meanwhile(phase, span) })
      const { ending } = await deployed(simulation)
      expect(ending).toMatchObject({ kind: 'refused', reason: { code } })
      const lasted = (ending?.at ?? 0) - begin
      expect(lasted).toBeGreaterThanOrEqual(span + expires)
      expect(lasted).toBeLessThan(span + expires + 2 * minute)
      expect(simulation.aws.calls().filter(({ mutating }) => mutating)).toEqual([])
    }
  })

  test('is looked for without a look at AWS', async () => {
    const simulation = simulateWeb(approval)
    await deployed(simulation)
    // When it is asked for, at half of its time, and at its end.
    const plans = simulation.aws.calls().filter(({ action }) => action === 'DescribeAutoScalingGroups')
    expect(plans.length).toBeLessThan(10)
  })
})

/** AWS answers for half a minute, fails for a minute and a half, and so on, from the first look of the gate on. */
const flapping = (key: RegExp, turns: number) => {
  let from = 0
  const isSilent = (now: number) =>
    from > 0 && now < from + turns * 2 * minute && (now - from) % (2 * minute) >= minute / 2
  return {
    began: () => from > 0,
    meanwhile: async (simulation: Simulation): Promise<void> => {
      const [id] = await simulation.store.journal.unfinished()
      const operation = id === undefined ? undefined : await simulation.operation(id)
      if (from === 0 && operation && waitsIn(key)(operation)) from = simulation.clock.now()
    },
    fail: (now: number, method: string): void => {
      if (isSilent(now) && /^(groups|traffic)\./.test(method))
        throw new AwsFailure('ambiguous', method, 'InternalFailure', '')
    },
  }
}

describe('an AWS that answers and fails in turn for hours', () => {
  test.each<[Strategy, RegExp]>([
    ['refresh', /^fleet\/refresh 1$/],
    ['replace', /^health\/every instance$/],
    ['surge', /^fleet\/new beside old$/],
  ])('takes no healthy fleet back, by %s', async (strategy, key) => {
    const flaps = flapping(key, 150)
    const simulation: Simulation = simulateWeb({
      meanwhile: flaps.meanwhile,
      inject: ({ method }) => {
        flaps.fail(simulation.clock.now(), method)
        return undefined
      },
    })
    const { ending } = await deployed(simulation, strategy)
    expect(flaps.began()).toBe(true)
    expect(ending).toMatchObject({ kind: 'succeeded' })
    expect(new Set(versionsServing(simulation))).toEqual(new Set([2]))
    expect(simulation.violations).toEqual([])
  })

  test('takes no healthy color back', async () => {
    const flaps = flapping(/^health\/whole 1$/, 150)
    const simulation: Simulation = simulateShop({
      asInLife: true,
      meanwhile: flaps.meanwhile,
      inject: ({ method }) => {
        flaps.fail(simulation.clock.now(), method)
        return undefined
      },
    })
    const { ending } = await runToEnd(simulation, deployShop())
    expect(flaps.began()).toBe(true)
    expect(ending).toMatchObject({ kind: 'succeeded' })
  })

  test('takes a sick fleet back all the same', async () => {
    const flaps = flapping(/^fleet\/new beside old$/, 150)
    const simulation: Simulation = simulateWeb({
      prepare: (aws) => void aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' }),
      meanwhile: flaps.meanwhile,
      inject: ({ method }) => {
        flaps.fail(simulation.clock.now(), method)
        return undefined
      },
    })
    expect((await deployed(simulation, 'surge')).ending).toMatchObject({ kind: 'rolled back' })
  })
})
